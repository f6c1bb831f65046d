// Dragging a stop up and down its list by its grip, or by a mouse anywhere on it. A likeness of it follows the pointer.

import {around, make, pixels} from '../components/browser/dom.js';

const FROM = 5; // pixels before it is a drag and not a click

/**
 * @typedef {object} Held
 * @property {string} slug
 * @property {HTMLElement} node
 * @property {number} pointer
 * @property {number} y
 * @property {HTMLElement} [ghost]
 */

export class Dragging {
  /** @type {Held | null} */
  held = null;

  /**
   * @param {HTMLElement} root
   * @param {{over: (slug: string, height: number) => void, drop: (slug: string) => void, stop: () => void}} tell
   */
  constructor(root, tell) {
    this.root = root;
    this.tell = tell;
    /** @param {PointerEvent} event */
    this.moves = (event) => this.move(event);
    /** @param {PointerEvent} event */
    this.ends = (event) => this.end(event);
    /** @param {KeyboardEvent} event */
    this.keys = (event) => event.key === 'Escape' && this.stop(true);
    root.addEventListener('pointerdown', (event) => this.begin(event));
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const node = around(event, '[data-stop]');
    if (!node || event.button !== 0 || this.held || around(event, 'button')) return;
    if (event.pointerType !== 'mouse' && !around(event, '.mv-stop-grip')) return;
    this.held = {slug: node.dataset.stop ?? '', node, pointer: event.pointerId, y: event.clientY};
    addEventListener('pointermove', this.moves);
    addEventListener('pointerup', this.ends);
    addEventListener('pointercancel', this.ends);
    addEventListener('keydown', this.keys, true);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const {held} = this;
    if (!held || event.pointerId !== held.pointer) return;
    const down = event.clientY - held.y;
    if (!held.ghost && Math.abs(down) < FROM) return;
    held.ghost ??= this.lift(held.node);
    event.preventDefault();
    held.ghost.style.transform = `translate(8px, ${down}px) rotate(-.6deg)`;
    this.tell.over(held.slug, event.clientY);
  }

  /** @param {HTMLElement} node */
  lift(node) {
    const {left, top, width} = node.getBoundingClientRect();
    getSelection()?.removeAllRanges();
    const ghost = make(
      'div',
      {class: 'mv-stop mv-stop-held', 'aria-hidden': 'true', style: pixels({left, top, width})},
      [...node.children].map((child) => child.cloneNode(true)),
    );
    this.root.append(ghost);
    this.root.classList.add('mv-dragging');
    node.classList.add('mv-stop-from');
    return ghost;
  }

  /** @param {PointerEvent} event */
  end(event) {
    const {held} = this;
    if (!held || event.pointerId !== held.pointer) return;
    const landed = held.ghost && event.type === 'pointerup';
    this.stop(!landed);
    if (landed) this.tell.drop(held.slug);
  }

  /** @param {boolean} back whether it goes back to where it was */
  stop(back) {
    const {held} = this;
    removeEventListener('pointermove', this.moves);
    removeEventListener('pointerup', this.ends);
    removeEventListener('pointercancel', this.ends);
    removeEventListener('keydown', this.keys, true);
    held?.ghost?.remove();
    held?.node.classList.remove('mv-stop-from');
    this.root.classList.remove('mv-dragging');
    this.held = null;
    if (held && back) this.tell.stop();
  }

  dispose() {
    this.stop(false);
  }
}
