"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConfirmationPolicyView } from "#lib/confirmation/policy-views.ts";
import type { ConfirmationRules } from "#lib/confirmation/rules.ts";
import { api } from "../api-client.ts";
import { toast } from "../ui/toast.ts";

export const policyKey = ["confirmation-policy"];

export function useSavePolicy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rules: ConfirmationRules) => api<ConfirmationPolicyView>("/api/confirmation-policy", { method: "PUT", body: rules }),
    onSuccess: (saved) => {
      client.setQueryData(policyKey, saved);
      // Who is waited for with which job may be another now.
      for (const queryKey of [["home"], ["job"]]) void client.invalidateQueries({ queryKey });
      toast.success("The confirmation policy is saved", { description: "It goes for every confirmation from now on." });
    },
    onError: (error) => toast.error("The confirmation policy was not saved", { description: error.message }),
  });
}
