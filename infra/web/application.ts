import type { RolePart } from "../instances/base-machine";
import { APPLICATION_CONF_DIR } from "./nginx-conf";

/** What an application finds the mail servers by; lies on every machine, as `NAME=value` lines. */
export const APPLICATION_ENVIRONMENT = "/etc/dejima/web.env";

/**
 * The application that the web's machines serve. This one is a page that says that the platform stands; put yours in its place:
 *
 * - `packages`: Debian packages, such as roundcube-core and php-fpm. They come through the proxy; other sources need an entry in the
 *   allow-list. What isn't packaged goes into `files`, or `artifacts` when it is large.
 * - `files`: above all a `.conf` in `/etc/dejima/web.d/` with its locations. nginx reads it inside of the server block of the web's
 *   name, `location /` included. A process of its own listens on 127.0.0.1:8080 and is the upstream `application`:
 *   `location / { proxy_pass http://application; }`. A location with headers of its own includes `/etc/dejima/web.headers` too.
 * - `commands`: what starts it. They run before nginx does, so that no browser comes too early.
 *
 * `/etc/dejima/web.env` tells the mail servers: IMAP_HOST and IMAP_PORT (TLS from the start), SUBMISSION_HOST and SUBMISSION_PORT
 * (STARTTLS), and MAIL_TLS_NAME, the name in both's certificate, which isn't the host's. Users log in with their own passwords. On
 * its IMAP connections the application should send `ID ("x-originating-ip" "…")` with the client's address, which nginx gives it as
 * X-Forwarded-For: the mail server then slows down who guesses passwords, and nobody else. Machines come and go, and a browser
 * stays with one for eight hours at most: sessions kept on the machine are lost with it.
 */
export const APPLICATION: RolePart = {
  packages: [],
  files: [
    {
      path: `${APPLICATION_CONF_DIR}/application.conf`,
      content: `location = / {
  default_type text/html;
  return 200 "<!doctype html><html lang=en><meta charset=utf-8><title>Mail</title><p>The mail platform is running. No webmail is installed yet.</html>";
}
location / {
  return 404;
}
`,
    },
  ],
  commands: [],
};
