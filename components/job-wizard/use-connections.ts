"use client";
import { useQuery } from "@tanstack/react-query";
import type { ConnectionView, RoleView } from "#lib/connections/connection-views.ts";
import { api } from "../api-client.ts";

export const useConnections = () => useQuery({ queryKey: ["connections"], queryFn: ({ signal }) => api<ConnectionView[]>("/api/connections", { signal }) });

export const useRoles = () => useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => api<RoleView[]>("/api/roles", { signal }) });
