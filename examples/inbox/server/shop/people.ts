import type { Agent } from '@guichet/engine/domain'

/** Who answers at Maison Lune. Chloé leads; nobody is given more than she can hold. */
export const agents: ReadonlyArray<Agent> = [
  {
    id: 'ana',
    name: 'Ana Dubois',
    role: 'agent',
    queues: ['service', 'livraisons', 'vip'],
    email: 'ana@maison-lune.example',
    signature: 'Ana Dubois\nService client, Maison Lune',
    extension: '201',
    capacity: 5,
    languages: ['fr', 'en'],
  },
  {
    id: 'ben',
    name: 'Ben Carter',
    role: 'agent',
    queues: ['service', 'livraisons'],
    email: 'ben@maison-lune.example',
    signature: 'Ben Carter\nCustomer care, Maison Lune',
    extension: '202',
    capacity: 5,
    languages: ['en', 'fr'],
  },
  {
    id: 'lia',
    name: 'Lia Moreau',
    role: 'agent',
    queues: ['livraisons'],
    email: 'lia@maison-lune.example',
    signature: 'Lia Moreau\nLivraisons, Maison Lune',
    extension: '214',
    capacity: 8,
    languages: ['fr'],
  },
  {
    id: 'chloe',
    name: 'Chloé Lambert',
    role: 'manager',
    queues: ['service', 'livraisons', 'vip'],
    email: 'chloe@maison-lune.example',
    signature: 'Chloé Lambert\nMaison Lune',
    extension: '200',
    capacity: 3,
    languages: ['fr', 'de', 'en'],
  },
]
