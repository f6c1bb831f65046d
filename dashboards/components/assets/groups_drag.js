// Dragging a card. A likeness of it follows the pointer and the card stays where it is: whatever is moved on the
// board meanwhile takes nothing out of one's hand.

import {make} from './dom.js';

const FROM = 6;                // pixels before it is a drag and not a click

export class Dragging {
  constructor(root, drop) {
    this.root = root;
    this.drop = drop;
    this.moves = (event) => this.move(event);
    this.ends = (event) => this.end(event);
    this.keys = (event) => event.key === 'Escape' && this.stop();
    root.addEventListener('pointerdown', (event) => this.begin(event));
  }

  /** A mouse takes a card anywhere, a finger by its grip, since elsewhere it scrolls. */
  begin(event) {
    const card = event.target.closest('[data-card]');
    if (!card || event.button !== 0 || this.held || event.target.closest('button')) return;
    if (event.pointerType === 'touch' && !event.target.closest('.mv-grip')) return;
    this.held = {id: card.dataset.card, node: card, pointer: event.pointerId, x: event.clientX, y: event.clientY};
    addEventListener('pointermove', this.moves);
    addEventListener('pointerup', this.ends);
    addEventListener('pointercancel', this.ends);
    addEventListener('keydown', this.keys, true);
  }

  move(event) {
    const {held} = this;
    if (event.pointerId !== held?.pointer) return;
    const across = event.clientX - held.x, down = event.clientY - held.y;
    if (!held.ghost && Math.hypot(across, down) < FROM) return;
    if (!held.ghost) this.lift();
    event.preventDefault();
    held.ghost.style.transform = `translate(${across}px, ${down}px) rotate(1.2deg)`;
    this.over(this.groupAt(event));
  }

  lift() {
    const {held} = this, box = held.node.getBoundingClientRect();
    getSelection()?.removeAllRanges();
    held.ghost = make('div', {class: 'mv-group-card mv-ghost', 'aria-hidden': 'true', style: {left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`}},
      ...[...held.node.children].map((child) => child.cloneNode(true)));
    this.root.append(held.ghost);
    this.root.classList.add('mv-dragging');
    held.node.classList.add('mv-lifted');
  }

  groupAt({clientX, clientY}) {
    const there = document.elementFromPoint(clientX, clientY);
    if (!this.root.contains(there)) return null;
    return there.closest('[data-group]') ?? (there.closest('.mv-board') ? this.root.querySelector('[data-group=fresh]') : null);
  }

  over(group) {
    if (this.held.group === group) return;
    this.held.group?.classList.remove('mv-over');
    group?.classList.add('mv-over');
    this.held.group = group;
  }

  end(event) {
    const {held} = this;
    if (event.pointerId !== held?.pointer) return;
    const group = held.ghost && event.type === 'pointerup' ? this.groupAt(event) : null;
    const from = held.node.closest('[data-group]');
    this.stop();
    if (group && group !== from) this.drop(held.id, group.dataset.group);
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
