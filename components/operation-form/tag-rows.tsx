import type { Tag } from "#lib/operations/tags.ts";
import { RowInput, RowList } from "./row-list.tsx";

export interface TagRowsProps {
  id: string;
  tags: readonly Tag[];
  onChange: (tags: Tag[]) => void;
  /** What is wrong with a part of the tag at an index. */
  errorAt: (index: number, part: "Key" | "Value") => string | undefined;
}

/** Tags as key and value, side by side. */
export const TagRows = ({ id, tags, onChange, errorAt }: TagRowsProps) => (
  <RowList rows={tags} onChange={onChange} empty={{ Key: "", Value: "" }} noun="tag">
    {(tag, index, change) => (
      <div className="grid gap-2 sm:grid-cols-2">
        {(["Key", "Value"] as const).map((part) => (
          <RowInput
            key={part}
            id={`${id}-${index}-${part}`}
            label={`${part} of tag ${index + 1}`}
            placeholder={part}
            value={tag[part]}
            onChange={(text) => change({ ...tag, [part]: text })}
            error={errorAt(index, part)}
          />
        ))}
      </div>
    )}
  </RowList>
);
