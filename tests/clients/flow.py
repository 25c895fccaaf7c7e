"""The same way through the API with the client that openapi-python-client makes."""

import os
import uuid

from orion_client import AuthenticatedClient, Client
from orion_client.api.cart import add_cart_item
from orion_client.api.checkout import create_quote, get_checkout_options, place_order
from orion_client.api.orders import get_placed_order
from orion_client.api.products import change_product, get_product, list_products
from orion_client.api.shop import get_storefront_product, list_storefront_products
from orion_client.api.sign_in import login_staff
from orion_client.models import (
    AddCartItem,
    Address,
    ListProductsStatus,
    LoginRequest,
    PaymentChoiceManual,
    PaymentChoiceManualProvider,
    PlaceOrder,
    QuoteRequest,
    UpdateProduct,
)

SHOP, DASHBOARD = (f"{os.environ['ORION_URL']}/{area}/acme" for area in ("storefront", "store"))


def good(answer, status=200):
    assert answer.status_code == status, f"{answer.status_code}: {answer.content!r}"
    return answer.parsed


anybody = Client(base_url=SHOP)
account = LoginRequest(email=os.environ["ORION_EMAIL"], password=os.environ["ORION_PASSWORD"])
token = good(login_staff.sync_detailed(client=Client(base_url=DASHBOARD), body=account)).access_token
owner = AuthenticatedClient(base_url=DASHBOARD, token=token)

page = good(list_products.sync_detailed(client=owner, limit=2, status=ListProductsStatus.ACTIVE))
assert page.has_more and page.next_cursor
following = good(list_products.sync_detailed(client=owner, limit=2, status=ListProductsStatus.ACTIVE, cursor=page.next_cursor))
assert following.data[0].id != page.data[0].id

identifier = page.data[0].id
read = get_product.sync_detailed(identifier, client=owner)
product, etag = good(read), read.headers["etag"]
assert etag == f'"{product.version}"'
title = f"{product.title} (again)"
changed = good(change_product.sync_detailed(identifier, client=owner, body=UpdateProduct(title=title), if_match=etag))
assert changed.title == title and changed.tags == product.tags
stale = change_product.sync_detailed(identifier, client=owner, body=UpdateProduct(title=title), if_match=etag)
assert stale.status_code == 412 and stale.parsed.code == "framework.stale"

shelf = good(list_storefront_products.sync_detailed(client=anybody, available=True, limit=1))
goods = good(get_storefront_product.sync_detailed(shelf.data[0].slug, client=anybody))
variant = next(one for one in goods.variants if one.available)
added = add_cart_item.sync_detailed(client=anybody, body=AddCartItem(variant_id=variant.id, quantity=1))
good(added)
guest = Client(base_url=SHOP, headers={"orion-cart": added.headers["orion-cart"]})
shipping = good(get_checkout_options.sync_detailed(client=guest)).shipping_methods[0].id
quote = good(create_quote.sync_detailed(client=guest, body=QuoteRequest(shipping_method_id=shipping)))

order = PlaceOrder(
    email="ada@example.test",
    shipping_address=Address(name="Ada Lovelace", line1="Unter den Linden 1", city="Berlin", postal_code="10117", country="DE"),
    shipping_method_id=shipping,
    payment=PaymentChoiceManual(provider=PaymentChoiceManualProvider.MANUAL),
    expected_total_minor=quote.total.amount_minor,
)
key = str(uuid.uuid4())
placed = place_order.sync_detailed(client=guest, body=order, idempotency_key=key)
result = good(placed, 201)
again = place_order.sync_detailed(client=guest, body=order, idempotency_key=key)
assert again.headers["idempotent-replayed"] == "true" and good(again, 201).order_id == result.order_id
shown = good(get_placed_order.sync_detailed(result.order_id, client=guest))
assert shown.totals.total.amount_minor == quote.total.amount_minor
print(f"Python: order {shown.number} read")
