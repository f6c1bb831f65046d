// Building blocks of the page. Words of tools and people only ever become text nodes.

/**
 * What becomes an attribute; with false, null and undefined there is none.
 * @typedef {string | number | boolean | null | undefined} Value
 * @typedef {{[Kind in keyof HTMLElementEventMap as `on${Kind}`]?: (event: HTMLElementEventMap[Kind]) => unknown}} Listeners
 * @typedef {{[name in 'checked' | 'class' | 'colspan' | 'datetime' | 'disabled' | 'enterkeyhint' | 'hidden' | 'href'
 *   | 'maxlength' | 'name' | 'placeholder' | 'rel' | 'role' | 'rows' | 'scope' | 'tabindex' | 'target' | 'text' | 'title'
 *   | 'type' | 'value' | `aria-${string}` | `data-${string}`]?: Value}} Attributes
 * @typedef {Attributes & Listeners & {style?: Partial<CSSStyleDeclaration>}} Properties
 */

/**
 * What is falsy is left out, so that a part can be there under a condition.
 * @typedef {Node | string | false | null | undefined | 0} Child
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Properties} [properties] `text` is its words, `on…` listen to events, all else are attributes
 * @param {...(Child | Child[])} children
 */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (typeof value === 'object') Object.assign(node.style, value);
    else if (name === 'text') node.textContent = String(value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...present(children));
  return node;
}

/** @param {(Child | Child[])[]} children */
function present(children) {
  return children.flat().flatMap((child) => child || []);
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * The same for a part of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [properties]
 * @param {...Node} children
 */
export function draw(tag, properties = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text') node.textContent = String(value);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Replace a node's children in one go.
 * @param {Element} node
 * @param {...(Child | Child[])} children
 */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
}

/**
 * The element around which an event happened, the nearest that fits `selector`.
 * @param {Event} event
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export function around({target}, selector) {
  return target instanceof Element ? target.closest(selector) : null;
}

/**
 * Which of these it is; -1 if it is none of them.
 * @param {Iterable<Node>} nodes
 * @param {Node | null} node
 */
export function placeAmong(nodes, node) {
  /** @type {(Node | null)[]} */
  const all = [...nodes];
  return all.indexOf(node);
}

/** @type {Promise<unknown> | undefined} */
let styled;

/** The components' stylesheet, once a page. */
export function styles() {
  styled ??= new Promise((done) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('./marks.css', import.meta.url).href;
    link.addEventListener('load', done);
    link.addEventListener('error', done);
    document.head.append(link);
  });
  return styled;
}

/** `light` or `dark`: what the app shows now, whatever the operating system prefers. */
export function mode() {
  const app = document.querySelector('.stApp') ?? document.documentElement;
  return getComputedStyle(app).colorScheme.includes('dark') ? 'dark' : 'light';
}

/**
 * What lives in an element, by name, with how often it was called.
 * @typedef {{dispose(): void}} Disposable
 * @typedef {HTMLElement & {living?: Map<string, {calls: number, component?: Disposable}>}} Host
 */

/**
 * One living object an element, however often Streamlit calls the module with new data.
 *
 * New data that come while a call is still waiting overtake it: Streamlit then cleans up after the call that was
 * overtaken, which must not take away what the later one draws in.
 * @template {Disposable} Living
 * @param {Host} element
 * @param {string} name
 * @param {(element: HTMLElement) => Living} begin
 * @param {(component: Living) => unknown} update
 */
export async function living(element, name, begin, update) {
  element.living ??= new Map();
  const here = /** @type {Map<string, {calls: number, component?: Living}>} */ (element.living);
  const place = here.get(name) ?? {calls: 0};
  here.set(name, place);
  place.calls += 1;
  const call = place.calls;
  await styles();
  place.component ??= begin(element);
  await update(place.component);
  return () => {
    if (call !== place.calls) return;
    here.delete(name);
    place.component?.dispose();
  };
}

/**
 * A style that places something, all in pixels.
 * @param {{left?: number, top?: number, right?: number, width?: number, height?: number}} place
 * @returns {Partial<CSSStyleDeclaration>}
 */
export function pixels(place) {
  return Object.fromEntries(Object.entries(place).map(([name, value]) => [name, `${value}px`]));
}

/**
 * Exactly these children in this order, moving no more than must be moved.
 * @param {Element} parent
 * @param {Element[]} wanted
 */
export function arrange(parent, wanted) {
  const kept = new Set(wanted);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  for (const [place, node] of wanted.entries()) {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  }
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * Bring the notice in the margin into view, where the page shows it.
 * @param {string} id
 */
export function showNotice(id) {
  const there = document.querySelector(
    `:is([class*="st-key-notice"], [class*="st-key-then"])[class*="${CSS.escape(id)}"]`,
  );
  if (!there) return;
  there.scrollIntoView({block: 'nearest', behavior: 'smooth'});
  there.classList.add('mv-shown');
  setTimeout(() => there.classList.remove('mv-shown'), 1600);
}

/**
 * Acts once the app's script is at rest, unless the element has left the page by then.
 *
 * A telling says which page it comes from. One that nobody asked for and that arrives while another page is being
 * opened would lead back to the page it was sent from.
 *
 * @param {Element} element
 * @param {() => void} act
 */
export function atRest(element, act) {
  const app = document.querySelector('[data-testid=stApp]');
  const rests = () => !app || app.getAttribute('data-test-script-state') === 'notRunning';
  if (rests()) {
    act();
    return;
  }
  const watcher = new MutationObserver(() => {
    if (!rests()) return;
    watcher.disconnect();
    if (element.isConnected) act();
  });
  if (app) watcher.observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
}
