"use client";
import { HardDrive } from "lucide-react";
import { useState } from "react";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card, CardBody, CardFooter, CardHeader } from "../ui/card.tsx";
import { Code, CodeBlock } from "../ui/code.tsx";
import { CodeWithCopy } from "../ui/code-with-copy.tsx";
import { DescriptionList } from "../ui/description-list.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { formatBytes, formatCompact, formatPercent, Num } from "../ui/number.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { RowCheckbox } from "../ui/row-checkbox.tsx";
import { Stepper } from "../ui/stepper.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";
import { Column, Exhibit, Row, type Theme } from "./exhibit.tsx";

const moment = "2026-11-02T09:24:31.000Z";

export const DataExhibits = () => (
  <>
    <Exhibit
      title="Card"
      show={() => (
        <Card>
          <CardHeader title="Sandbox" description="A store on this machine" actions={<Button size="sm">Edit</Button>} />
          <CardBody>
            <Row>
              <IconTile>
                <HardDrive />
              </IconTile>
              <Code>http://127.0.0.1:9000</Code>
            </Row>
          </CardBody>
          <CardFooter>
            <Button size="sm">Test</Button>
          </CardFooter>
        </Card>
      )}
    />
    <Exhibit title="Table" show={(theme) => <Jobs theme={theme} />}>
      Scrolls in its own box. Figures stand to the right, in figures of equal width.
    </Exhibit>
    <Exhibit
      title="Facts"
      show={() => (
        <Column>
          <DescriptionList
            items={[
              { term: "Objects", value: <Num value={1_204_566} /> },
              { term: "Short", value: formatCompact(1_204_566) },
              { term: "Size", value: formatBytes(98_304_512) },
              { term: "Done", value: formatPercent(0.998) },
              { term: "Created", value: <Time value={moment} /> },
              { term: "Exactly", value: <Time value={moment} absolute /> },
              { term: "Role", value: <Code>arn:aws:iam::123456789012:role/archivist</Code> },
            ]}
          />
          <CodeBlock>{"aws s3control list-jobs \\\n  --account-id 123456789012"}</CodeBlock>
          <CodeWithCopy label="Copy the command" value="npm run worker" />
        </Column>
      )}
    >
      Times are in the reader’s zone; the exact one comes on hover, on focus and on touch.
    </Exhibit>
    <Exhibit title="Tabs" show={(theme) => <Views theme={theme} />} />
    <Exhibit title="Stepper" once show={() => <Steps />}>
      Down the side on wide screens, a row of numbers on narrow ones.
    </Exhibit>
    <Exhibit title="Pagination" once show={() => <Pages />} />
  </>
);

function Jobs({ theme }: { theme: Theme }) {
  const [sort, setSort] = useState<"asc" | "desc">("desc");
  const [chosen, setChosen] = useState("");
  const jobs = [
    { name: "Copy the 2026 photos", tasks: 1_204_566 },
    { name: "Retire the “unsorted” tag", tasks: 2_400 },
  ];
  return (
    <Table label={`Jobs, ${theme}`}>
      <THead>
        <Tr>
          <Th>
            <RowCheckbox
              label="All jobs"
              checked={false}
              indeterminate={chosen !== ""}
              onToggle={() => setChosen(chosen === "" ? (jobs[0]?.name ?? "") : "")}
            />
          </Th>
          <Th>Description</Th>
          <Th>Status</Th>
          <Th numeric sort={sort} onSort={() => setSort(sort === "asc" ? "desc" : "asc")}>
            Tasks
          </Th>
        </Tr>
      </THead>
      <TBody>
        {(sort === "desc" ? jobs : jobs.toReversed()).map(({ name, tasks }) => (
          <Tr key={name}>
            <Td>
              <RowCheckbox label={name} checked={chosen === name} onToggle={() => setChosen(chosen === name ? "" : name)} />
            </Td>
            <Td>{name}</Td>
            <Td>
              <Badge tone="success" dot>
                Complete
              </Badge>
            </Td>
            <Td numeric>
              <Num value={tasks} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function Views({ theme }: { theme: Theme }) {
  const [view, setView] = useState("all");
  return (
    <Tabs
      label={`Rows, ${theme}`}
      value={view}
      onValueChange={setView}
      tabs={[
        { value: "all", label: "All 30", content: "Every row of the report." },
        { value: "failed", label: "Failed 2", content: "The rows of tasks that failed." },
      ]}
    />
  );
}

function Steps() {
  const [at, setAt] = useState(1);
  return (
    <Stepper
      label="Steps of the example"
      current={at}
      reached={2}
      onSelect={setAt}
      steps={[
        { title: "Manifest", description: "Which objects" },
        { title: "Operation", description: "What is done to them" },
        { title: "Options", invalid: true },
        { title: "Review" },
      ]}
    />
  );
}

function Pages() {
  const [page, setPage] = useState(3);
  const [size, setSize] = useState(25);
  return <Pagination page={page} size={size} total={10_412} onPageChange={setPage} onSizeChange={setSize} />;
}
