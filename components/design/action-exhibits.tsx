"use client";
import { Copy, EllipsisVertical, Filter, Pause, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Popover } from "../ui/popover.tsx";
import { toast, toastUndo } from "../ui/toast.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { Column, Exhibit, Row, type Theme } from "./exhibit.tsx";

const variants = ["primary", "secondary", "ghost", "danger"] as const;

export const ActionExhibits = () => (
  <>
    <Exhibit
      title="Button"
      show={() => (
        <Column>
          {(["md", "sm"] as const).map((size) => (
            <Row key={size}>
              {variants.map((variant) => (
                <Button key={variant} size={size} variant={variant}>
                  {variant === "primary" ? "Run job" : variant === "danger" ? "Delete" : variant === "ghost" ? "Cancel" : "Clone"}
                </Button>
              ))}
            </Row>
          ))}
          <Row>
            <Button variant="primary" loading>
              Run job
            </Button>
            <Button disabled>Clone</Button>
            <IconButton label="Pause">
              <Pause aria-hidden />
            </IconButton>
            <CopyButton value="arn:aws:iam::123456789012:role/archivist" label="Copy the ARN" />
            <Tooltip content="Says in a word what an icon means">
              <Button size="sm">With a tooltip</Button>
            </Tooltip>
          </Row>
        </Column>
      )}
    >
      One primary action in a view. While it works it keeps the focus and takes no second press.
    </Exhibit>
    <Exhibit title="Menu and popover" show={(theme) => <Menus theme={theme} />}>
      Their code comes when the page is idle, or as somebody comes near: until then the button alone stands there, and remembers a press.
    </Exhibit>
    <Exhibit title="Dialog" show={() => <Dialogs />}>
      A sheet from the bottom on a phone. The focus goes in, stays in, and returns to what opened it.
    </Exhibit>
    <Exhibit
      title="Toast"
      show={() => (
        <Row>
          <Button onClick={() => toast.success("The job runs now")}>Success</Button>
          <Button onClick={() => toast.error("The job was not created", { description: "The manifest has changed. Read it again." })}>Error</Button>
          <Button onClick={() => toastUndo("The priority is 20 now", () => toast("The priority is 10 again"))}>With undo</Button>
        </Row>
      )}
    >
      For what is done. What must be read before one goes on is an alert beside its cause. Where an opposite call exists, the toast offers it.
    </Exhibit>
  </>
);

function Menus({ theme }: { theme: Theme }) {
  const [look, setLook] = useState("all");
  const [failed, setFailed] = useState(true);
  return (
    <Row>
      <Menu
        align="start"
        trigger={
          <IconButton label={`Actions, ${theme}`} variant="secondary">
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => toast("Cloned")}>
          Clone
        </MenuItem>
        <MenuItem icon={<Pause aria-hidden />} disabled onSelect={() => undefined}>
          Pause
        </MenuItem>
        <MenuSeparator />
        <MenuChoice
          label="Show"
          value={look}
          onValueChange={setLook}
          options={[
            { value: "all", label: "All tasks" },
            { value: "failed", label: "Failed tasks" },
          ]}
        />
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => toast("Deleted")}>
          Delete
        </MenuItem>
      </Menu>
      <Popover
        label={`Filter, ${theme}`}
        trigger={
          <Button>
            <Filter aria-hidden />
            Filter
          </Button>
        }
      >
        <Checkbox checked={failed} onCheckedChange={setFailed} label="Failed" />
      </Popover>
    </Row>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<"sm" | "md" | "lg" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Row>
        {(["sm", "md", "lg"] as const).map((size) => (
          <Button key={size} onClick={() => setOpen(size)}>
            Open {size}
          </Button>
        ))}
      </Row>
      <Dialog
        open={open !== null}
        onOpenChange={close}
        size={open ?? "md"}
        title="Cancel this job?"
        description="Tasks that have run stay done."
        footer={
          <>
            <Button variant="ghost" onClick={close}>
              Keep it
            </Button>
            <Button variant="danger" onClick={close}>
              Cancel job
            </Button>
          </>
        }
      >
        <p className="text-text-muted">The completion report says which tasks ran.</p>
      </Dialog>
    </>
  );
}
