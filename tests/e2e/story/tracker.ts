import { createServer } from 'node:http';
import { freePort } from '../../../dev/strapi/free-port';

/** A web server that a hostile mail wants the reader's browser to talk to. */
export interface Tracker {
  url: string;
  /** Paths that were asked for, but for `mailPath`. */
  visits: string[];
  /** Shows `hostileHtml` as a page of its own, where nothing holds it back. */
  mailPath: string;
  close(): Promise<void>;
}

export const startTracker = async (): Promise<Tracker> => {
  const visits: string[] = [];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const mailPath = '/mail.html';
  const server = createServer((request, response) => {
    if (request.url === mailPath) {
      response.setHeader('content-type', 'text/html').end(hostileHtml(url));
    } else {
      visits.push(request.url ?? '');
      response.end('seen');
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url,
    visits,
    mailPath,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** A mail that tries what hostile mail tries: each way asks the tracker for a path of its own. */
export const hostileHtml = (tracker: string): string => `
  <p>Hello Mara,</p>
  <p>Saturday at ten is <b>perfect</b>. I filled in the form, it is attached.</p>
  <script>fetch('${tracker}/script'); parent.document.title = 'Owned';</script>
  <img src="${tracker}/pixel.png" width="1" height="1" alt="">
  <img src="cid:nowhere" onerror="fetch('${tracker}/onerror')">
  <img srcset="${tracker}/srcset.png 1x" alt="">
  <svg onload="fetch('${tracker}/svg')"><image href="${tracker}/svg-image.png"/></svg>
  <style>@import url("${tracker}/import.css"); p { background: url("${tracker}/style.png") }</style>
  <link rel="stylesheet" href="${tracker}/link.css">
  <div style="background-image: url('${tracker}/inline-style.png')">See you then!</div>
  <table background="${tracker}/table.png"><tr><td>Model</td><td>Skerry, size M</td></tr></table>
  <video src="${tracker}/video" poster="${tracker}/poster.png" autoplay></video>
  <object data="${tracker}/object"></object><embed src="${tracker}/embed">
  <iframe src="${tracker}/frame"></iframe>
  <meta http-equiv="refresh" content="9; url=${tracker}/refresh">
  <base href="${tracker}/base/"><form action="${tracker}/form"><input name="password"></form>
  <p>Best wishes from Kiel<br>Lena</p>`;
