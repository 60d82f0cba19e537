"use client";
import { createContext, type ReactNode, useContext } from "react";
import { can, type PersonRole, type Verb, type Whose } from "#lib/auth/permissions.ts";

const RoleContext = createContext<PersonRole>("viewer");

/** Tells the screens inside what the signed-in person may do. The API decides by itself: this only hides what it would refuse. */
export const RoleProvider = ({ role, children }: { role: PersonRole; children: ReactNode }) => <RoleContext value={role}>{children}</RoleContext>;

export const useRole = (): PersonRole => useContext(RoleContext);

/** @param whose of a verb that changes a job */
export const useCan = (verb: Verb, whose: Whose = "own"): boolean => can(useContext(RoleContext), verb, whose);
