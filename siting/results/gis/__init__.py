"""The GIS files: GeoPackage layers, their styles, cells of a screening."""
