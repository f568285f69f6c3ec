"""The country as reference data: provinces and communes, loaded once and read by everybody."""
