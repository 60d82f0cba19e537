"use client";
import { Plus, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button, IconButton } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { ErrorText } from "./group-field.tsx";

export interface RowListProps<Row> {
  rows: readonly Row[];
  onChange: (rows: Row[]) => void;
  empty: Row;
  /** What a row is called: "tag" makes "Add tag" and "Remove tag 2". */
  noun: string;
  children: (row: Row, index: number, change: (next: Row) => void) => ReactNode;
}

/** Rows that can be added and removed; the focus follows, so that the keyboard is never lost. */
export function RowList<Row>({ rows, onChange, empty, noun, children }: RowListProps<Row>) {
  const list = useRef<HTMLUListElement>(null);
  const add = useRef<HTMLButtonElement>(null);
  const focusNewRow = () => requestAnimationFrame(() => list.current?.lastElementChild?.querySelector<HTMLElement>("input, button")?.focus());
  return (
    <div className="flex flex-col items-start gap-2">
      {rows.length > 0 && (
        <ul ref={list} className="flex w-full flex-col gap-2 max-sm:gap-4">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
            <li key={index} className="flex items-start gap-2">
              <div className="min-w-0 flex-1">{children(row, index, (next) => onChange(rows.with(index, next)))}</div>
              <IconButton
                label={`Remove ${noun} ${index + 1}`}
                onClick={() => {
                  onChange(rows.toSpliced(index, 1));
                  add.current?.focus();
                }}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <Button
        ref={add}
        size="sm"
        onClick={() => {
          onChange([...rows, empty]);
          focusNewRow();
        }}
      >
        <Plus aria-hidden />
        Add {noun}
      </Button>
    </div>
  );
}

export interface RowInputProps {
  id: string;
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** One input of a row: its label is for screen readers, its error for everybody. */
export function RowInput({ id, label, placeholder, value, onChange, error }: RowInputProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Input
        id={id}
        aria-label={label}
        aria-describedby={error ? `${id}-error` : undefined}
        invalid={Boolean(error)}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <ErrorText id={`${id}-error`}>{error}</ErrorText>
    </div>
  );
}
