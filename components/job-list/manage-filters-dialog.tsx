"use client";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { SavedFilterView } from "#lib/saved-filters/saved-filter-schema.ts";
import { Alert } from "../ui/alert.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Input } from "../ui/input.tsx";
import { toastUndo } from "../ui/toast.ts";
import { useSavedFilterChanges } from "./job-list-api.ts";

export function ManageFiltersDialog({ filters, onClose }: { filters: readonly SavedFilterView[]; onClose: () => void }) {
  const { save, update, remove } = useSavedFilterChanges();
  const error = save.error ?? update.error ?? remove.error;
  const rename = (filter: SavedFilterView, name: string) =>
    update.mutate(
      { id: filter.id, name },
      {
        onSuccess: () => toastUndo(`“${filter.name}” is called “${name}” now`, () => update.mutate({ id: filter.id, name: filter.name })),
      },
    );
  const drop = (filter: SavedFilterView) =>
    remove.mutate(filter.id, {
      onSuccess: () => toastUndo(`“${filter.name}” is deleted`, () => save.mutate({ name: filter.name, query: filter.query })),
    });
  return (
    <Dialog open size="sm" onOpenChange={onClose} title="Saved filters" footer={<Button onClick={onClose}>Done</Button>}>
      <div className="flex flex-col gap-3">
        {error && <Alert tone="danger">{error.message}</Alert>}
        {filters.length === 0 && <p className="text-text-muted">None is left.</p>}
        <ul aria-label="Saved filters" className="flex flex-col gap-2">
          {filters.map((filter) => (
            <FilterRow key={`${filter.id} ${filter.name}`} filter={filter} onRename={(name) => rename(filter, name)} onDelete={() => drop(filter)} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

interface FilterRowProps {
  filter: SavedFilterView;
  onRename: (name: string) => void;
  onDelete: () => void;
}

function FilterRow({ filter, onRename, onDelete }: FilterRowProps) {
  const [name, setName] = useState(filter.name);
  const changed = name.trim() !== "" && name.trim() !== filter.name;
  return (
    <li>
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (changed) onRename(name.trim());
        }}
      >
        <Input aria-label={`Name of ${filter.name}`} value={name} maxLength={80} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        {changed && <Button type="submit">Rename</Button>}
        <IconButton label={`Delete ${filter.name}`} onClick={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      </form>
    </li>
  );
}
