"""`nassij doctor`: one module a family of checks; examine.py runs them, sight.py is all that they see."""
