"use client";
import { useState } from "react";
import type { SavedFilterView } from "#lib/saved-filters/saved-filter-schema.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { toast, toastUndo } from "../ui/toast.ts";
import { useSavedFilterChanges } from "./job-list-api.ts";

interface SaveFilterDialogProps {
  query: string;
  filters: readonly SavedFilterView[];
  onSaved: (filter: SavedFilterView) => void;
  onClose: () => void;
}

/** A name that is there already is overwritten, and the button says so. */
export function SaveFilterDialog({ query, filters, onSaved, onClose }: SaveFilterDialogProps) {
  const [name, setName] = useState("");
  const { save, update } = useSavedFilterChanges();
  const same = filters.find((filter) => filter.name === name.trim());
  const pending = save.isPending || update.isPending;
  const submit = () => {
    if (name.trim() === "" || pending) return;
    const saved = same ? update.mutateAsync({ id: same.id, query }) : save.mutateAsync({ name: name.trim(), query });
    saved.then(
      (filter) => {
        if (same) toastUndo(`“${filter.name}” is overwritten`, () => update.mutate({ id: same.id, query: same.query }));
        else toast.success(`“${filter.name}” is saved`);
        onSaved(filter);
        onClose();
      },
      () => undefined,
    );
  };
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title="Save this list"
      description="Its search, filters, order and grouping. Only you see it in your menu; to share it, send the page's address."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="save-filter" disabled={name.trim() === ""} loading={pending}>
            {same ? "Overwrite" : "Save"}
          </Button>
        </>
      }
    >
      <form
        id="save-filter"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Name"
          required
          error={(save.error ?? update.error)?.message}
          help={same ? "You have saved a list under this name. It is overwritten." : "Such as: failed this week"}
        >
          <Input value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
