import { z } from "zod";
import { errorStatus } from "../errors.ts";
import { jobOperationSchema, operations } from "../operations/registry.ts";
import { type Endpoint, endpoints } from "./endpoints.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON Schema of what a client sends. Rules that are code, which JSON Schema cannot say, are left out: the API still checks them. */
const schemaOf = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: describeOperation });
  return rest;
};

/** The registry's schema picks an operation's own by name in code. */
const describeOperation: z.core.ToJSONSchemaParams["override"] = ({ zodSchema, jsonSchema }) => {
  if (zodSchema !== jobOperationSchema) return;
  const properties = Object.fromEntries(operations.map((operation) => [operation.name, schemaOf(operation.schema)]));
  for (const name of Object.keys(jsonSchema)) delete (jsonSchema as Record<string, unknown>)[name];
  Object.assign(jsonSchema, { type: "object", properties, additionalProperties: false, minProperties: 1, maxProperties: 1 });
};

const errorSchema = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: {
        code: { enum: [...Object.keys(errorStatus), "InternalError"] },
        message: { type: "string", description: "Says in words what to do" },
        issues: {
          type: "array",
          description: "What is wrong with the input, at dotted paths",
          items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } }, required: ["path", "message"] },
        },
        requestId: { type: "string", description: "Of an internal error: the log has the reason under it" },
      },
      required: ["code", "message", "issues"],
    },
  },
  required: ["error"],
};

/** An OpenAPI 3.1 description of the console's JSON API, made from the schemas that its requests are parsed by. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    paths[`/api${endpoint.path}`] ??= {};
    Object.assign(paths[`/api${endpoint.path}`] as object, { [endpoint.method.toLowerCase()]: operationOf(endpoint) });
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Longshore",
      version: "1",
      description:
        "The console's own JSON API. Scripts that AWS's clients could run as well use the S3 Control API at /v20180820 (docs/s3-control.md). " +
        "Requests that change something have content-type: application/json, and no Origin of another site.",
    },
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "longshore.session_token", description: "Set by signing in; over https its name begins with __Secure-" },
      },
      schemas: { Error: errorSchema },
      responses: { Error: { description: "Refused, or failed", content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } } },
    },
  };
}

function operationOf({ method, path, summary, query, body, answer, contentType = "application/json", open }: Endpoint) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  const { properties = {}, required = [] } = query ? schemaOf(query) : {};
  const inQuery = Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: required.includes(name), schema }));
  return {
    summary,
    operationId: `${method.toLowerCase()}${path.replace(/[/{}.-]+(\w?)/g, (_all, letter: string) => letter.toUpperCase())}`,
    ...(open && { security: [] }),
    parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } }),
    responses: { 200: { description: answer, content: { [contentType]: {} } }, default: { $ref: "#/components/responses/Error" } },
  };
}
