"""Convert feeds and folders of records from any format to any other, and report what is lost."""
