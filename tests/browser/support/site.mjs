// The addresses and people of the demo data.
const PASSWORD = 'Orion-demo-2026!';

export const people = {
  admin: { email: 'admin@orion.test', password: PASSWORD },
  owner: { email: 'owner@acme.test', password: PASSWORD },
  manager: { email: 'manager@acme.test', password: PASSWORD },
  viewer: { email: 'viewer@acme.test', password: PASSWORD },
  globexOwner: { email: 'owner@globex.test', password: PASSWORD },
  customer: { email: 'customer@example.test', password: PASSWORD },
  globexCustomer: { email: 'customer@example.test', password: 'Orion-demo-2027!' },
};

export class Site {
  /** Without `names` nobody knows which name servers the server asks. */
  constructor(port, names) {
    this.port = port;
    this.names = names;
  }

  /** An address on one of the server's hosts. */
  on(host, path = '/') {
    return `http://${host}:${this.port}${path}`;
  }

  acme(path = '/') {
    return this.on('acme.orion.localhost', path);
  }

  globex(path = '/') {
    return this.on('globex.orion.localhost', path);
  }

  admin(path = '/') {
    return this.on('admin.orion.localhost', path);
  }

  /** A page of acme's dashboard. */
  dashboard(path = '/dashboard') {
    return this.acme(`/store${path}`);
  }
}
