"use client";
import { Bookmark, Check, Pencil, Plus, Save } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { SavedFilterView } from "#lib/saved-filters/saved-filter-schema.ts";
import { SafeText } from "../safe-text.tsx";
import { Button } from "../ui/button.tsx";
import { Menu, MenuHeader, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { toast, toastUndo } from "../ui/toast.ts";
import { useSavedFilterChanges, useSavedFilters } from "./job-list-api.ts";

const SaveFilterDialog = dynamic(() => import("./save-filter-dialog.tsx").then((module) => module.SaveFilterDialog), { ssr: false });
const ManageFiltersDialog = dynamic(() => import("./manage-filters-dialog.tsx").then((module) => module.ManageFiltersDialog), { ssr: false });

interface SavedFiltersMenuProps {
  /** What would be saved. */
  query: string;
  onPick: (query: string) => void;
}

/** The person's own ways to look at the list. */
export function SavedFiltersMenu({ query, onPick }: SavedFiltersMenuProps) {
  const { data: filters = [], error } = useSavedFilters();
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const [pickedId, setPickedId] = useState<string | null>(null);
  const { update } = useSavedFilterChanges();
  const here = filters.find((filter) => filter.query === query);
  const picked = here ?? filters.find((filter) => filter.id === pickedId);
  const overwrite = (filter: SavedFilterView) =>
    update.mutate(
      { id: filter.id, query },
      {
        onSuccess: () => toastUndo(`“${filter.name}” is overwritten`, () => update.mutate({ id: filter.id, query: filter.query })),
        onError: (problem) => toast.error("The filter was not overwritten", { description: problem.message }),
      },
    );
  return (
    <>
      <Menu
        trigger={
          <Button className="min-w-0 max-w-56">
            <Bookmark aria-hidden />
            <span className="truncate">{here ? <SafeText text={here.name} /> : "Saved"}</span>
          </Button>
        }
      >
        {filters.length === 0 && (
          <MenuHeader>
            <p className="max-w-56 text-note text-text-muted">
              {error ? "Your saved filters could not be read." : "Filter the list, then save that under a name to have it here."}
            </p>
          </MenuHeader>
        )}
        {filters.map((filter) => (
          <MenuItem
            key={filter.id}
            icon={filter.id === here?.id ? <Check aria-hidden /> : <span className="size-4" />}
            onSelect={() => {
              setPickedId(filter.id);
              onPick(filter.query);
            }}
          >
            <span className="max-w-64 truncate">
              <SafeText text={filter.name} />
            </span>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Plus aria-hidden />} disabled={query === ""} onSelect={() => setDialog("save")}>
          Save this list…
        </MenuItem>
        {picked && !here && query !== "" && (
          <MenuItem icon={<Save aria-hidden />} onSelect={() => overwrite(picked)}>
            <span className="max-w-64 truncate">
              Overwrite “<SafeText text={picked.name} />”
            </span>
          </MenuItem>
        )}
        {filters.length > 0 && (
          <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setDialog("manage")}>
            Rename or delete…
          </MenuItem>
        )}
      </Menu>
      {dialog === "save" && <SaveFilterDialog query={query} filters={filters} onSaved={(filter) => setPickedId(filter.id)} onClose={() => setDialog(null)} />}
      {dialog === "manage" && <ManageFiltersDialog filters={filters} onClose={() => setDialog(null)} />}
    </>
  );
}
