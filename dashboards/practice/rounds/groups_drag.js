// Dragging a card. A likeness of it follows the pointer and the card stays where it is: whatever is moved on the
// board meanwhile takes nothing out of one's hand.

import {around, make, pixels} from '../../components/browser/dom.js';

const FROM = 6; // pixels before it is a drag and not a click

/**
 * A card in one's hand: where it was taken, its likeness once it moves, and the group it is over.
 * @typedef {object} Held
 * @property {string} id
 * @property {HTMLElement} node
 * @property {number} pointer
 * @property {number} x
 * @property {number} y
 * @property {HTMLElement} [ghost]
 * @property {HTMLElement | null} [group]
 */

export class Dragging {
  /** @type {Held | null} */
  held = null;

  /**
   * @param {HTMLElement} root
   * @param {(card: string, group: string) => void} drop
   */
  constructor(root, drop) {
    this.root = root;
    this.drop = drop;
    /** @param {PointerEvent} event */
    this.moves = (event) => this.move(event);
    /** @param {PointerEvent} event */
    this.ends = (event) => this.end(event);
    /** @param {KeyboardEvent} event */
    this.keys = (event) => event.key === 'Escape' && this.stop();
    root.addEventListener('pointerdown', (event) => this.begin(event));
  }

  /**
   * A mouse takes a card anywhere, a finger by its grip, since elsewhere it scrolls.
   * @param {PointerEvent} event
   */
  begin(event) {
    const card = around(event, '[data-card]');
    if (!card || event.button !== 0 || this.held || around(event, 'button')) return;
    if (event.pointerType === 'touch' && !around(event, '.mv-grip')) return;
    const {pointerId: pointer, clientX: x, clientY: y} = event;
    this.held = {id: card.dataset.card ?? '', node: card, pointer, x, y};
    addEventListener('pointermove', this.moves);
    addEventListener('pointerup', this.ends);
    addEventListener('pointercancel', this.ends);
    addEventListener('keydown', this.keys, true);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const {held} = this;
    if (!held || event.pointerId !== held.pointer) return;
    const across = event.clientX - held.x;
    const down = event.clientY - held.y;
    if (!held.ghost && Math.hypot(across, down) < FROM) return;
    held.ghost ??= this.lift(held.node);
    event.preventDefault();
    held.ghost.style.transform = `translate(${across}px, ${down}px) rotate(1.2deg)`;
    this.over(held, this.groupAt(event));
  }

  /**
   * Gives the likeness that follows the pointer.
   * @param {HTMLElement} card
   */
  lift(card) {
    const {left, top, width} = card.getBoundingClientRect();
    getSelection()?.removeAllRanges();
    const ghost = make(
      'div',
      {class: 'mv-group-card mv-ghost', 'aria-hidden': 'true', style: pixels({left, top, width})},
      [...card.children].map((child) => child.cloneNode(true)),
    );
    this.root.append(ghost);
    this.root.classList.add('mv-dragging');
    card.classList.add('mv-lifted');
    return ghost;
  }

  /**
   * @param {PointerEvent} event
   * @returns {HTMLElement | null}
   */
  groupAt({clientX, clientY}) {
    const there = document.elementFromPoint(clientX, clientY);
    if (!there || !this.root.contains(there)) return null;
    return (
      there.closest('[data-group]') ??
      (there.closest('.mv-board') ? this.root.querySelector('[data-group=fresh]') : null)
    );
  }

  /**
   * @param {Held} held
   * @param {HTMLElement | null} group
   */
  over(held, group) {
    if (held.group === group) return;
    held.group?.classList.remove('mv-over');
    group?.classList.add('mv-over');
    held.group = group;
  }

  /** @param {PointerEvent} event */
  end(event) {
    const {held} = this;
    if (!held || event.pointerId !== held.pointer) return;
    const group = held.ghost && event.type === 'pointerup' ? this.groupAt(event) : null;
    const from = held.node.closest('[data-group]');
    this.stop();
    if (group && group !== from) this.drop(held.id, group.dataset.group ?? '');
  }

  stop() {
    const {held} = this;
    removeEventListener('pointermove', this.moves);
    removeEventListener('pointerup', this.ends);
    removeEventListener('pointercancel', this.ends);
    removeEventListener('keydown', this.keys, true);
    held?.ghost?.remove();
    held?.node.classList.remove('mv-lifted');
    held?.group?.classList.remove('mv-over');
    this.root.classList.remove('mv-dragging');
    this.held = null;
  }

  dispose() {
    this.stop();
  }
}
