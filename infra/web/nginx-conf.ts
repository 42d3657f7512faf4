export interface NginxArgs {
  /** The web's name. */
  readonly hostname: string;
  /** The block of the load balancer's subnets: the only ones whose word on a client's address counts. */
  readonly balancerCidr: string;
}

/** Answers 200 as long as nginx serves; what the load balancer asks for. */
export const HEALTH_PATH = "/healthz";

/** Whatever `.conf` lies here is part of the server block of the web's name: the application's locations. */
export const APPLICATION_CONF_DIR = "/etc/dejima/web.d";

/** Included by every location that adds headers of its own, as nginx drops the inherited ones there. */
export const SECURITY_HEADERS = "/etc/dejima/web.headers";

export const CERTIFICATE = "/etc/nginx/dejima.crt";
export const CERTIFICATE_KEY = "/etc/nginx/dejima.key";

/** Where an application of its own process listens. */
const APPLICATION_ADDRESS = "127.0.0.1:8080";

/**
 * nginx.conf for nginx 1.22 (Debian 12) behind the load balancer, which has ended the browsers' TLS, opened its own to here, and put the
 * client's address last into X-Forwarded-For. Other names than the web's get the health check and no more. Connections outlive the
 * balancer's idle minute: it would answer 502 on one that had just been closed.
 */
export function renderNginxConf({ hostname, balancerCidr }: NginxArgs): string {
  return `user www-data;
worker_processes auto;
worker_rlimit_nofile 8192;
pid /run/nginx.pid;
error_log syslog:server=unix:/dev/log,nohostname,tag=nginx warn;

events {
  worker_connections 2048;
}

http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log syslog:server=unix:/dev/log,nohostname,tag=nginx combined;
  server_tokens off;
  sendfile on;
  tcp_nopush on;

  set_real_ip_from ${balancerCidr};
  real_ip_header X-Forwarded-For;

  keepalive_timeout 75s;
  keepalive_requests 10000;
  client_header_timeout 15s;
  client_body_timeout 60s;
  client_max_body_size 35m;
  send_timeout 60s;

  ssl_certificate ${CERTIFICATE};
  ssl_certificate_key ${CERTIFICATE_KEY};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
  ssl_session_cache shared:tls:10m;
  ssl_session_tickets off;

  upstream application {
    server ${APPLICATION_ADDRESS};
    keepalive 16;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  proxy_hide_header X-Powered-By;

  server {
    listen 443 ssl default_server;
    server_name _;
    location = ${HEALTH_PATH} {
      access_log off;
      default_type text/plain;
      return 200 "ok\\n";
    }
    location / {
      return 421;
    }
  }

  server {
    listen 443 ssl;
    server_name ${hostname};
    include ${SECURITY_HEADERS};
    location ~ /\\.(?!well-known/) {
      return 404;
    }
    include ${APPLICATION_CONF_DIR}/*.conf;
  }
}
`;
}

/** What every webmail can live with; a stricter Content-Security-Policy is the application's to send, and browsers heed both. */
export function renderSecurityHeaders(): string {
  return [
    ["Strict-Transport-Security", "max-age=63072000"],
    ["Content-Security-Policy", "frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"],
    ["X-Content-Type-Options", "nosniff"],
    ["X-Frame-Options", "SAMEORIGIN"],
    ["Referrer-Policy", "no-referrer"],
    ["Permissions-Policy", "camera=(), geolocation=(), microphone=()"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
  ]
    .map(([name, value]) => `add_header ${name} "${value}" always;\n`)
    .join("");
}
