import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";

interface EntryActionsProps {
  name: string;
  onEdit: () => void;
  onDelete: () => void;
}

/** What can be done with one connection or role of a list. */
export const EntryActions = ({ name, onEdit, onDelete }: EntryActionsProps) => (
  <div className="-mr-2 flex">
    <IconButton size="sm" label={`Change ${name}`} onClick={onEdit}>
      <Pencil aria-hidden />
    </IconButton>
    <IconButton size="sm" label={`Delete ${name}`} onClick={onDelete}>
      <Trash2 aria-hidden />
    </IconButton>
  </div>
);

type Open<Entry> = { form: Entry | null } | { remove: Entry } | null;

/** Which dialog of a list is open: the form of an entry (null: of a new one), or the question whether to delete one. */
export function useEntryDialogs<Entry>() {
  const [open, setOpen] = useState<Open<Entry>>(null);
  return {
    form: open && "form" in open ? open : null,
    remove: open && "remove" in open ? open.remove : null,
    add: () => setOpen({ form: null }),
    edit: (entry: Entry) => setOpen({ form: entry }),
    askToDelete: (entry: Entry) => setOpen({ remove: entry }),
    close: () => setOpen(null),
  };
}
