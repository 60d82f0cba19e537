import type { Tag } from "#lib/operations/tags.ts";
import { Select } from "../ui/select.tsx";
import { type GrantRow, type MapRow, rowsOf } from "./form-values.ts";
import { ErrorText, GroupField } from "./group-field.tsx";
import type { RendererProps } from "./renderer.ts";
import { RowInput, RowList } from "./row-list.tsx";
import { TagRows } from "./tag-rows.tsx";

const granteeTypes = [
  { value: "id", label: "Canonical user id" },
  { value: "emailAddress", label: "E-mail address" },
  { value: "uri", label: "Group URI" },
];
/** WRITE is for buckets only. */
const grantPermissions = ["READ", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"].map((value) => ({ value, label: value }));

export function TagsField({ field, id, values, onChange, errorAt }: RendererProps) {
  return (
    <GroupField id={id} label={field.label} help={field.help} required={field.required ?? false} error={errorAt(field.path)}>
      <TagRows id={id} tags={rowsOf<Tag>(values, field.path)} onChange={onChange} errorAt={(index, part) => errorAt(`${field.path}.${index}.${part}`)} />
    </GroupField>
  );
}

export function MapField({ field, id, values, onChange, errorAt }: RendererProps) {
  return (
    <GroupField id={id} label={field.label} help={field.help} required={field.required ?? false} error={errorAt(field.path)}>
      <RowList<MapRow> rows={rowsOf<MapRow>(values, field.path)} onChange={onChange} empty={{ key: "", value: "" }} noun="entry">
        {(row, index, change) => (
          <div className="grid gap-2 sm:grid-cols-2">
            <RowInput
              id={`${id}-${index}-key`}
              label={`Key of entry ${index + 1}`}
              placeholder="Key"
              value={row.key}
              onChange={(key) => change({ ...row, key })}
              error={errorAt(`${field.path}#${index}`) ?? (row.key === "" ? undefined : errorAt(`${field.path}.${row.key}`))}
            />
            <RowInput
              id={`${id}-${index}-value`}
              label={`Value of entry ${index + 1}`}
              placeholder="Value"
              value={row.value}
              onChange={(value) => change({ ...row, value })}
              error={undefined}
            />
          </div>
        )}
      </RowList>
    </GroupField>
  );
}

export function GrantsField({ field, id, values, onChange, errorAt }: RendererProps) {
  return (
    <GroupField id={id} label={field.label} help={field.help} required={field.required ?? false} error={errorAt(field.path)}>
      <RowList<GrantRow>
        rows={rowsOf<GrantRow>(values, field.path)}
        onChange={onChange}
        empty={{ type: "id", identifier: "", permission: "READ" }}
        noun="grant"
      >
        {(row, index, change) => {
          const permissionError = errorAt(`${field.path}.${index}.Permission`);
          return (
            <div className="grid gap-2 sm:grid-cols-[11rem_1fr_10rem]">
              <Select
                id={`${id}-${index}-type`}
                aria-label={`Grantee type of grant ${index + 1}`}
                value={row.type}
                onValueChange={(type) => change({ ...row, type })}
                options={granteeTypes}
              />
              <RowInput
                id={`${id}-${index}-identifier`}
                label={`Grantee of grant ${index + 1}`}
                placeholder={row.type === "uri" ? "http://acs.amazonaws.com/groups/…" : row.type === "id" ? "Canonical user id" : "name@example.com"}
                value={row.identifier}
                onChange={(identifier) => change({ ...row, identifier })}
                error={errorAt(`${field.path}.${index}.Grantee.Identifier`)}
              />
              <div className="flex min-w-0 flex-col gap-1">
                <Select
                  id={`${id}-${index}-permission`}
                  aria-label={`Permission of grant ${index + 1}`}
                  value={row.permission}
                  onValueChange={(permission) => change({ ...row, permission })}
                  options={grantPermissions}
                  invalid={Boolean(permissionError)}
                />
                <ErrorText id={`${id}-${index}-permission-error`}>{permissionError}</ErrorText>
              </div>
            </div>
          );
        }}
      </RowList>
    </GroupField>
  );
}
