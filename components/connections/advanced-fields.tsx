"use client";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { FieldErrors, UseFormRegister } from "react-hook-form";
import type { ConnectionValues } from "#lib/connections/connection-schema.ts";
import { LimitFields } from "../limit-fields.tsx";
import { capOf } from "../limits-words.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";

interface AdvancedFieldsProps {
  register: UseFormRegister<ConnectionValues>;
  errors: FieldErrors<ConnectionValues>;
  /** Something is set: then it shows without being asked for. */
  used: boolean;
}

/** What most connections can do without. */
export function AdvancedFields({ register, errors, used }: AdvancedFieldsProps) {
  const [open, setOpen] = useState(used);
  const wrong = Boolean(errors.maxInFlight ?? errors.maxRequestsPerSecond ?? errors.caCertificate ?? errors.lambdaEndpoint);
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/advanced rounded-lg border border-border">
      <summary className="flex cursor-pointer list-none items-center gap-2 rounded-lg px-3.5 py-2.5 font-medium text-note -outline-offset-2 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-text-faint transition-transform group-open/advanced:rotate-90" />
        Advanced
        <span className="min-w-0 truncate font-normal text-text-muted">limits, private certificate authority, Lambda endpoint</span>
      </summary>
      <div className="flex flex-col gap-4 px-3.5 pt-1 pb-3.5">
        <p className="text-note text-text-muted">
          Longshore finds out by itself how much a store bears, and slows down when it is asked to. Limits are for a store that others need too.
        </p>
        <LimitFields
          maxInFlight={register("maxInFlight", { setValueAs: capOf })}
          maxRequestsPerSecond={register("maxRequestsPerSecond", { setValueAs: capOf })}
          errors={{ maxInFlight: errors.maxInFlight?.message, maxRequestsPerSecond: errors.maxRequestsPerSecond?.message }}
        />
        <Field
          label="CA certificate"
          error={errors.caCertificate?.message}
          help="For an https endpoint whose certificate is by a private authority, or self-signed: paste that certificate in PEM form, or several, one after the other. They are trusted for this connection, besides those that the system trusts. Never paste a private key."
        >
          <Textarea
            {...register("caCertificate")}
            rows={5}
            spellCheck={false}
            autoComplete="off"
            placeholder={"-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----"}
            className="font-mono text-xs sm:text-xs"
          />
        </Field>
        <Field
          label="Lambda endpoint"
          error={errors.lambdaEndpoint?.message}
          help="For Invoke AWS Lambda function on a store that is not Amazon’s: where something speaks Lambda’s API. It gets the execution role’s keys. Amazon’s own stores need none."
        >
          <Input {...register("lambdaEndpoint")} mono inputMode="url" autoComplete="off" spellCheck={false} placeholder="https://lambda.example.com" />
        </Field>
      </div>
    </details>
  );
}
