"""The site and JupyterLab, in a browser."""
