"use client";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { operationGroups } from "#lib/operations/operation.ts";
import { findOperation, operationNames, operations } from "#lib/operations/registry.ts";
import { SafeText } from "../safe-text.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { type RadioCardOption, RadioCards } from "../ui/radio-cards.tsx";
import { matchesOperation } from "./matches-operation.ts";

interface OperationPickerProps {
  /** Empty while none is chosen. */
  name: string;
  onChoose: (name: string) => void;
  /** Why one is not offered here; null where it is. */
  distrust: (name: string) => string | null;
}

/** All operations, group by group, until one is chosen; then that one alone, so that its form stands right below it. */
export function OperationPicker({ name, onChoose, distrust }: OperationPickerProps) {
  const chosen = operationNames.includes(name) ? findOperation(name) : null;
  const [open, setOpen] = useState(chosen === null);
  const [search, setSearch] = useState("");
  const change = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  /** The last press was of a pointer. */
  const pointed = useRef(false);
  /** What takes the keyboard once it is drawn. */
  const next = useRef<"change" | "search" | null>(null);
  useEffect(() => {
    if (next.current === "change") change.current?.focus();
    if (next.current === "search") searchInput.current?.focus();
    next.current = null;
  });
  const close = () => {
    next.current = "change";
    setSearch("");
    setOpen(false);
  };
  if (chosen && !open) {
    const reason = distrust(name);
    return (
      <div className="flex items-start gap-3 rounded-lg border border-accent bg-accent-soft px-3.5 py-3">
        <div className="min-w-0 flex-1">
          <p className="text-text-muted text-xs">{chosen.group}</p>
          <p className="font-medium">{chosen.title}</p>
          <p className="mt-0.5 text-note text-text-muted">{reason === null ? chosen.summary : <NotOffered reason={reason} />}</p>
        </div>
        <Button
          ref={change}
          size="sm"
          aria-label="Change the operation"
          onClick={() => {
            next.current = "search";
            setOpen(true);
          }}
        >
          Change
        </Button>
      </div>
    );
  }
  const options = offered(distrust, search);
  return (
    <div className="flex flex-col gap-4">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-text-faint" />
        <Input
          ref={searchInput}
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation: tag, copy, lock…"
          autoComplete="off"
          className="pl-9"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              list.current?.querySelector<HTMLElement>('[type="radio"]:enabled')?.focus();
            }
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is pressed are the radio buttons inside */}
      <div
        ref={list}
        // The arrow keys press each radio button that they come by: only a pointer, Enter and Space mean it.
        onPointerDown={() => {
          pointed.current = true;
        }}
        onClick={(event) => pointed.current && isRadio(event.target) && close()}
        onKeyDown={(event: KeyboardEvent) => {
          pointed.current = false;
          if ((event.key !== "Enter" && event.key !== " ") || !isRadio(event.target)) return;
          event.preventDefault();
          onChoose(event.target.value);
          close();
        }}
      >
        <RadioCards aria-label="Operation" columns={2} value={name} onValueChange={onChoose} options={options} />
      </div>
      <p role="status" className={options.length === 0 ? "py-4 text-center text-text-muted" : "sr-only"}>
        {options.length === 0 ? "No operation has this in its name or its description." : `${options.length} operations`}
      </p>
    </div>
  );
}

const isRadio = (target: EventTarget): target is HTMLInputElement => target instanceof HTMLInputElement && target.type === "radio";

const NotOffered = ({ reason }: { reason: string }) => (
  <>
    Not offered on this connection: <SafeText text={reason} />
  </>
);

/** Group by group, in the groups' order. What the store does wrongly, or not at all, is not to be chosen, and says why. */
function offered(distrust: (name: string) => string | null, search: string): RadioCardOption[] {
  return operationGroups.flatMap((group) =>
    operations
      .filter((one) => one.group === group && matchesOperation(one, search))
      .map((one): RadioCardOption => {
        const ours = "ours" in one && one.ours;
        const reason = distrust(one.name);
        return {
          value: one.name,
          title: one.title,
          group,
          disabled: reason !== null,
          description:
            reason !== null ? (
              <NotOffered reason={reason} />
            ) : (
              <>
                {one.summary}
                {ours && <span className="sr-only"> Longshore’s own: Amazon S3 has no such operation.</span>}
              </>
            ),
          icon: ours && (
            <span title="Amazon S3 has no such operation">
              <Badge>Longshore’s own</Badge>
            </span>
          ),
        };
      }),
  );
}
