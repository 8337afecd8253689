"""What has changed, for systems that keep a copy: in an order in which nothing is ever missed."""
