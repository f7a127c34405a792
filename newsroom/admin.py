"""Accounts and roles in the admin: a chief gives what they have themselves, and touches no one above them."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from taggit.admin import Tag as UnusedTag

import log
from newsroom.sessions import end_sessions, sessions_ended

#: The role whose holders are out of each other's reach; articles/migrations/0008_chief.py makes it.
CHIEF = "Chief"

# The modules imported above register them. Ours are below; secrets and second addresses are shown to nobody;
# the newsroom's tags are articles.Tag.
for model in (User, Group, EmailAddress, Authenticator, UnusedTag):
    admin.site.unregister(model)


def rights_of(permissions):
    """Permissions as Django names them: "articles.publish_article"."""
    return {
        f"{row.content_type.app_label}.{row.codename}" for row in permissions.select_related("content_type")
    }


def is_above(user, other):
    """Whether the account `other` is out of reach of `user`: a superuser, another chief, or one with more rights."""
    if user.is_superuser or user.pk == other.pk:
        return False
    if other.is_superuser or other.groups.filter(name=CHIEF).exists():
        return True
    # An account that is switched off has no rights until somebody switches it on again: count those.
    own = rights_of(Permission.objects.filter(user=other)) | rights_of(
        Permission.objects.filter(group__user=other)
    )
    return not own <= user.get_all_permissions()


def within_reach(user, groups):
    """Of `groups` those that give nothing `user` does not have."""
    if user.is_superuser:
        return groups
    own = user.get_all_permissions()
    return groups.filter(pk__in=[group.pk for group in groups if rights_of(group.permissions) <= own])


def permissions_within_reach(user):
    """The permissions that `user` has, as rows."""
    rows = Permission.objects.select_related("content_type")
    if user.is_superuser:
        return rows
    own = user.get_all_permissions()
    return rows.filter(
        pk__in=[row.pk for row in rows if f"{row.content_type.app_label}.{row.codename}" in own]
    )


def _said_of_account(form, data):
    """What was changed of an account, for the log: “Roles: Editor, before that none. Other fields: Active.”"""
    said = []
    if data["groups"] != data["groups_before"]:
        names = {name: ", ".join(data[name]) or _("none") for name in ("groups", "groups_before")}
        said.append(_("Roles: %(groups)s, before that %(groups_before)s.") % names)
    if names := [name for name in data["changed"] if name != "groups"]:
        labels = ", ".join(str(form.fields[name].label) for name in names)
        said.append(_("Other fields: %(labels)s.") % {"labels": labels})
    return " ".join(said)


def _said_of_role(given, taken):
    """Which permissions a role got and lost, for the log."""
    said = []
    for words, rights in [(_("Given: %(rights)s."), given), (_("Taken: %(rights)s."), taken)]:
        rows = Permission.objects.filter(codename__in=[right.partition(".")[2] for right in rights])
        names = sorted(
            row.name
            for row in rows.select_related("content_type")
            if f"{row.content_type.app_label}.{row.codename}" in rights
        )
        if names:
            said.append(words % {"rights": ", ".join(names)})
    return " ".join(said)


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]

    def get_fieldsets(self, request, obj=None):
        """A chief gives roles; single permissions and "superuser" are for a superuser alone."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or request.user.is_superuser:
            return fieldsets
        given = {"fields": ["is_active", "is_staff", "groups"]}
        return [(name, given if "groups" in options["fields"] else options) for name, options in fieldsets]

    def get_readonly_fields(self, request, obj=None):
        own = obj is not None and obj.pk == request.user.pk and not request.user.is_superuser
        times = ["last_login", "date_joined"]
        return [*times, "is_active", "is_staff", "groups"] if own else times

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.queryset = within_reach(request.user, field.queryset)
        return field

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not is_above(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        """An account that did something is switched off, not deleted; only a superuser may all the same."""
        return request.user.is_superuser

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/sign-out/", view(require_POST(self.end_sessions)), name="auth_user_sign_out"),
            path("<int:pk>/new-phone/", view(require_POST(self.new_phone)), name="auth_user_new_phone"),
            *super().get_urls(),
        ]

    @transaction.atomic
    def end_sessions(self, request, pk):
        """Sign another account out everywhere."""
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        ended = end_sessions(user=user)
        log.write(
            "account.signed-out-everywhere",
            by=request.user,
            subject=user,
            text=sessions_ended(ended),
            data={"sessions": ended},
        )
        messages.success(request, _("%(user)s is signed out everywhere.") % {"user": user})
        return redirect("admin:auth_user_change", user.pk)

    @transaction.atomic
    def new_phone(self, request, pk):
        """Take the second factor off an account whose owner lost it; they set up another at the next sign-in."""
        user = get_object_or_404(User, pk=pk)
        if user == request.user or not self.has_change_permission(request, user):
            raise PermissionDenied
        Authenticator.objects.filter(user=user).delete()
        end_sessions(user=user)
        log.write("account.second-factor-removed", by=request.user, subject=user)
        messages.success(
            request, _("%(user)s sets up a new second factor at the next sign-in.") % {"user": user}
        )
        return redirect("admin:auth_user_change", user.pk)

    def save_related(self, request, form, formsets, change):
        before = sorted(form.instance.groups.values_list("name", flat=True)) if change else []
        super().save_related(request, form, formsets, change)
        user = form.instance
        data = {
            "changed": [name for name in form.changed_data if not name.startswith("password")],
            "groups_before": before,
            "groups": sorted(user.groups.values_list("name", flat=True)),
        }
        log.write(
            "account.changed" if change else "account.made",
            by=request.user,
            subject=user,
            text=_said_of_account(form, data),
            data=data,
        )
        if not user.is_active:
            end_sessions(user=user)

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        answer = super().user_change_password(request, id, form_url)
        if request.method == "POST" and answer.status_code == 302:
            user = User.objects.get(pk=id)
            log.write("account.password-changed", by=request.user, subject=user)
        return answer

    def delete_model(self, request, obj):
        log.write("account.deleted", by=request.user, subject=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for user in queryset:
            log.write("account.deleted", by=request.user, subject=user)
        super().delete_queryset(request, queryset)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Roles. A chief makes and changes those that hold no more than they have themselves."""

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "permissions":
            field.queryset = permissions_within_reach(request.user)
        return field

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.is_superuser:
            return True
        return obj.name != CHIEF and within_reach(request.user, Group.objects.filter(pk=obj.pk)).exists()

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def save_related(self, request, form, formsets, change):
        before = rights_of(form.instance.permissions) if change else set()
        super().save_related(request, form, formsets, change)
        after = rights_of(form.instance.permissions)
        data = {"given": sorted(after - before), "taken": sorted(before - after)}
        log.write(
            "role.changed" if change else "role.made",
            by=request.user,
            subject=form.instance,
            text=_said_of_role(after - before, before - after),
            data=data,
        )

    def delete_model(self, request, obj):
        log.write("role.deleted", by=request.user, subject=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for group in queryset:
            log.write("role.deleted", by=request.user, subject=group)
        super().delete_queryset(request, queryset)
