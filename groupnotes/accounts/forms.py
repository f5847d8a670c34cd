"""What a browser may send about staff and signing in."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms.validators import DataRequired, Length

from groupnotes.accounts.passwords import LONGEST
from groupnotes.web.forms import BaseForm, LineField


class SignInForm(BaseForm):
    """Name and password."""

    sign_in_name = LineField("Sign-in name", [DataRequired("Type your sign-in name.")])
    password = PasswordField(
        "Password",
        [DataRequired("Type your password."), Length(max=LONGEST, message="That is too long.")],
    )
