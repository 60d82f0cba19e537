"use client";
import { useQuery } from "@tanstack/react-query";
import type { PeopleView } from "#lib/people/person-views.ts";
import { api } from "../api-client.ts";

export const usePeople = () => useQuery({ queryKey: ["people"], queryFn: ({ signal }) => api<PeopleView>("/api/people", { signal }) });
