"use client";
import { useFieldControl } from "./field.tsx";
import { lazily, useLazy } from "./lazily.ts";
import { SelectMark, type SelectProps, SelectValue, triggerClass } from "./select-look.tsx";
import { useStandIn } from "./use-stand-in.ts";

const parts = lazily(() => import("./select-parts.tsx"));

/** Until its code has come, a button that looks the same stands there. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const loaded = useLazy(parts);
  const standIn = useStandIn(parts.ask, {});
  const control = useFieldControl({ id: props.id, invalid: props.invalid });
  if (loaded) return <loaded.SelectRoot {...props} takeover={standIn.takeover()} />;
  return (
    <button
      type="button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      aria-label={props["aria-label"]}
      disabled={props.disabled}
      {...control}
      {...standIn.props}
      className={triggerClass(props)}
    >
      <span className="min-w-0 flex-1">
        <SelectValue option={props.options.find((option) => option.value === props.value)} placeholder={props.placeholder} />
      </span>
      <SelectMark />
    </button>
  );
}
