"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor } from "lucide-react";
import type { SessionView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";
import { LoadFailed } from "../load-failed.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Code } from "../ui/code.tsx";
import { IconTile } from "../ui/icon-tile.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { toast } from "../ui/toast.ts";

/** @param path of the sessions in the API, such as "/api/account/sessions" */
export const useSessions = (path: string) => useQuery({ queryKey: ["sessions", path], queryFn: ({ signal }) => api<SessionView[]>(path, { signal }) });

/** Ends one session, or all (of one's own: all others). */
export function useEndSessions(path: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => api<null>(id === null ? path : `${path}/${id}`, { method: "DELETE" }),
    onError: (error) => toast.error("The session was not ended", { description: error.message }),
    onSuccess: (_answer, id) => toast.success(id === null ? "The sessions are ended" : "The session is ended"),
    onSettled: () => Promise.all(["sessions", "people"].map((key) => queryClient.invalidateQueries({ queryKey: [key] }))),
  });
}

/** Where somebody is signed in. */
export function SessionList({ path, className }: { path: string; className?: string }) {
  const sessions = useSessions(path);
  const end = useEndSessions(path);
  if (!sessions.data) return sessions.error ? <LoadFailed noun="sessions" query={sessions} /> : <Skeleton className="m-5 w-1/2" />;
  if (sessions.data.length === 0) return <p className="px-5 py-6 text-center text-text-muted">Not signed in anywhere.</p>;
  return (
    <ul className={className ?? "divide-y divide-border"}>
      {sessions.data.map(({ id, device, address, createdAt, lastSeenAt, current }) => (
        <li key={id} className="flex items-start gap-3 px-5 py-3.5">
          <IconTile>
            <Monitor />
          </IconTile>
          <div className="min-w-0 flex-1">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h3 className="font-medium leading-5">{device}</h3>
              {current && <Badge tone="success">This one</Badge>}
            </div>
            <p className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-note text-text-muted">
              {address && <Code>{address}</Code>}
              <span>
                Last active <Time value={lastSeenAt} className="text-text" />
              </span>
              <span>
                Signed in <Time value={createdAt} className="text-text" />
              </span>
            </p>
          </div>
          {!current && (
            <Button
              size="sm"
              aria-label={`End the session ${device}, last active ${lastSeenAt}`}
              loading={end.isPending && end.variables === id}
              onClick={() => end.mutate(id)}
            >
              End
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
