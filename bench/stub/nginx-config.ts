/** Every object that is benched lies under this prefix, in either bucket. Each is an "x", so that who compares copies finds them right. */
export const objectPrefix = "objects/";
export const sourceBucket = "bench-source";
export const targetBucket = "bench-target";

export interface StubPorts {
  /** Answers at once. */
  instant: number;
  /** Answers after `delayMs`. */
  delayed: number;
  /** Answers after `delayMs`, and writes a line for every request. */
  logged: number;
  /** stub_status: counts requests. */
  status: number;
}

/** As far away as a store in the same region. */
export const delayMs = 20;

const copied =
  '<?xml version="1.0" encoding="UTF-8"?>\\n<CopyObjectResult><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"9dd4e461268c8034f5c8564e155c67a6"</ETag></CopyObjectResult>';

/** What a real S3 sends with every answer, besides nginx's own Date and Server. */
const s3Headers = `
      add_header x-amz-request-id 4442587FB7D0A2F9;
      add_header x-amz-id-2 vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=;
      add_header ETag '"9dd4e461268c8034f5c8564e155c67a6"';
      add_header Last-Modified "Thu, 01 Jan 2026 00:00:00 GMT";`;

/**
 * Requests on the benched objects get their answer from nginx itself, a tagging the empty one and a copy its XML;
 * all else (manifests, reports, listings) goes to a real S3 server, with the Host that the client signed.
 * @param dir absolute, nginx's own; @param echoModule absolute path of ngx_http_echo_module.so, which waits; null: nothing waits
 */
export function nginxConfig({ dir, ports, s3Port, echoModule }: { dir: string; ports: StubPorts; s3Port: number; echoModule: string | null }): string {
  const objects = (bucket: string, body: string, waits: boolean) => `
    location /${bucket}/${objectPrefix} {${s3Headers}
      if ($request_method = HEAD) { return 200 x; }
      ${waits ? `echo_sleep ${delayMs / 1000};\n      echo -n '${body}';` : `return 200 '${body}';`}
    }`;
  const server = (port: number, { waits, log }: { waits: boolean; log?: boolean }) => `
  server {
    listen 127.0.0.1:${port} backlog=4096;
    ${log ? `access_log ${dir}/requests.log arrival;` : ""}
    default_type application/xml;${objects(sourceBucket, "", waits)}${objects(targetBucket, copied, waits)}
    location / {
      proxy_pass http://s3;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_request_buffering off;
      proxy_buffering off;
    }
  }`;
  const delayed = echoModule === null ? "" : server(ports.delayed, { waits: true }) + server(ports.logged, { waits: true, log: true });
  return `daemon off;
master_process off;
${echoModule === null ? "" : `load_module ${echoModule};`}
pid ${dir}/nginx.pid;
error_log ${dir}/error.log warn;
events { worker_connections 8192; }
http {
  access_log off;
  log_format arrival '$msec $request_time $uri';
  client_body_temp_path ${dir}/body;
  proxy_temp_path ${dir}/proxy;
  fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi;
  scgi_temp_path ${dir}/scgi;
  client_max_body_size 0;
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  tcp_nodelay on;
  upstream s3 {
    server 127.0.0.1:${s3Port};
    keepalive 32;
  }${server(ports.instant, { waits: false })}${delayed}
  server {
    listen 127.0.0.1:${ports.status};
    location / { stub_status; }
  }
}
`;
}
