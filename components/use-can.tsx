"use client";
import { createContext, type ReactNode, useContext } from "react";
import { can, type PersonRole, type Verb } from "#lib/auth/permissions.ts";

const RoleContext = createContext<PersonRole>("viewer");

/** Tells the screens inside what the signed-in person may do. The API decides by itself: this only hides what it would refuse. */
export const RoleProvider = ({ role, children }: { role: PersonRole; children: ReactNode }) => <RoleContext value={role}>{children}</RoleContext>;

export const useCan = (verb: Verb): boolean => can(useContext(RoleContext), verb);
