DROP TRIGGER webhook_endpoints_deleted ON webhook_endpoints;
DROP TRIGGER webhook_endpoints_made ON webhook_endpoints;
DROP FUNCTION webhooks_end_listening();
DROP FUNCTION webhooks_begin_to_listen();
DELETE FROM event_listeners WHERE listener = 'webhooks.note';
