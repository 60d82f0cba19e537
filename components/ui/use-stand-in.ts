import { type ComponentProps, useLayoutEffect, useRef, useState } from "react";

/** How the real trigger begins, where its stand-in was focused or pressed before the code was there. */
export interface Takeover {
  defaultOpen: boolean;
  focused: boolean;
}

/**
 * For a button that opens something, until the code of what it opens has come: the button asks for that code when somebody comes near,
 * and remembers the press and the focus for the one that takes its place.
 * @param handlers the button's own, which go on working
 */
export function useStandIn(ask: (needed?: boolean) => void, handlers: ComponentProps<"button">) {
  const focused = useRef(false);
  const [near, setNear] = useState(false);
  const [wanted, setWanted] = useState(false);
  const approach = () => {
    setNear(true);
    ask();
  };
  const want = () => {
    setNear(true);
    setWanted(true);
    ask(true);
  };
  const props = {
    onPointerEnter: (event) => {
      handlers.onPointerEnter?.(event);
      approach();
    },
    onFocus: (event) => {
      handlers.onFocus?.(event);
      focused.current = true;
      approach();
    },
    onBlur: (event) => {
      handlers.onBlur?.(event);
      focused.current = false;
    },
    // Not at the click alone: the button may be replaced while it is held down.
    onMouseDown: (event) => {
      handlers.onMouseDown?.(event);
      if (event.button === 0) want();
    },
    onClick: (event) => {
      handlers.onClick?.(event);
      want();
    },
    onKeyDown: (event) => {
      handlers.onKeyDown?.(event);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") want();
    },
  } satisfies ComponentProps<"button">;
  /** Whether the pointer or the focus has been on it. */
  return { props, near, takeover: (): Takeover => ({ defaultOpen: wanted, focused: focused.current }) };
}

/** Of the real trigger: takes the focus that its stand-in had. */
export function useTakeover({ focused }: Takeover) {
  const ref = useRef<HTMLButtonElement>(null);
  const had = useRef(focused);
  useLayoutEffect(() => {
    if (had.current) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
