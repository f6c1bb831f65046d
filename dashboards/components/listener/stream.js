// What the server pushes to a page, by a web socket of ours, which opens again by itself when it breaks.

/** @typedef {[name: string, value: string][]} Query */

const AGAIN_AFTER = 1000;

/**
 * Beside Streamlit's own routes, whatever the path that the app is served below.
 * @param {string} path
 * @param {Query} query
 */
function address(path, query) {
  const url = new URL(`../../../../../pushed/${path}`, import.meta.url);
  url.protocol = url.protocol.replace('http', 'ws');
  url.search = new URLSearchParams(query).toString();
  return url;
}

/** @template Message */
export class Stream {
  closed = false;
  breaks = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  again;

  /**
   * `hear` is called with each message.
   * @param {string} path
   * @param {Query} query
   * @param {(message: Message) => void} hear
   */
  constructor(path, query, hear) {
    this.address = address(path, query);
    this.hear = hear;
    this.socket = this.#opened();
  }

  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }

  close() {
    this.closed = true;
    clearTimeout(this.again);
    this.socket.close();
  }

  #opened() {
    const socket = new WebSocket(this.address);
    socket.onmessage = ({data}) => !this.closed && this.hear(JSON.parse(data));
    socket.onclose = () => this.#broken();
    return socket;
  }

  #broken() {
    if (this.closed) return;
    this.breaks += 1;
    this.again = setTimeout(() => {
      this.socket = this.#opened();
    }, AGAIN_AFTER);
  }
}
