// The lanes' names, with the role of each node at the cursor.

class Gutter {
  constructor(view) {
    this.view = view;
    this.box = document.getElementById('gutter');
    this.buttons = view.model.nodes.map((name, node) => {
      const button = element('button', '', name, element('small'));
      button.title = 'Show or hide the messages of ' + name;
      button.addEventListener('click', () => {
        const { hiddenNodes } = view;
        if (!hiddenNodes.delete(node)) {
          hiddenNodes.add(node);
        }
        view.refresh();
      });
      return button;
    });
    this.world = element('span', '', 'world');
    this.box.append(this.world, ...this.buttons);
  }

  draw() {
    const { view } = this;
    const { model, scene } = view;
    const t = view.cursor === null ? view.timeOf(view.to) : view.timeOf(view.cursor);
    const index = lowerBound(model.events.t, t + 1) - 1;
    this.world.style.top = AXIS_HEIGHT + WORLD_HEIGHT / 2 + 'px';
    this.buttons.forEach((button, node) => {
      const y = scene.laneY(node);
      button.style.top = y + 'px';
      button.hidden = y < AXIS_HEIGHT + WORLD_HEIGHT + 4;
      button.setAttribute('aria-pressed', String(!view.hiddenNodes.has(node)));
      button.classList.toggle('chosen', view.selected >= 0 && model.events.node[view.selected] === node);
      const role = model.valueAt(model.roleField[node], index);
      const life = model.lifeAt(node, t);
      button.lastChild.textContent = scene.lane < 30 ? '' : life !== 'up' ? life : role ? role.value.toLowerCase().replaceAll('_', ' ') : '';
    });
  }
}
