using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>All settings of the house, and what each role may do.</summary>
public static class SettingsAdmin
{
    private const string Permissions = "permission.";

    /// <summary>A setting with what holds.</summary>
    /// <param name="Least">Of a number; null is whatever it is.</param>
    /// <param name="Kind"><c>text</c>, <c>long_text</c>, <c>switch</c>, <c>number</c> or <c>choice</c>.</param>
    public sealed record View(string Key, string Title, string Module, SettingKind Kind, string Value, string Default, string? Hint, IReadOnlyList<Choice>? Choices, long? Least, long? Most);

    public sealed record Choice(string Value, string Label);

    /// <summary>A permission with the lowest role that has it.</summary>
    public sealed record PermissionView(string Key, string Title, string Module, Role From, Role Usual);

    /// <param name="Values">By key; all of them are taken or none.</param>
    public sealed record Request(Dictionary<string, string> Values);

    internal static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/settings", ListAsync).Operation("listSettings", "Lists all settings of the house with what holds", "home:admin", RateClass.Read, "not_found");
        admin.MapPut("/settings", ChangeAsync).Operation("changeSettings", "Changes settings; all of them or none", "home:admin", RateClass.Write, "not_found");
        admin.MapGet("/permissions", PermissionsAsync).Operation("listPermissions", "Lists what may be done, with the lowest role that may", "home:admin", RateClass.Read, "not_found");
        admin.MapPut("/permissions", ChangePermissionsAsync).Operation("changePermissions", "Says from which role on each thing may be done", "home:admin", RateClass.Write, "not_found");
    }

    internal static async Task<IReadOnlyList<View>> ListAsync(HouseSettings settings, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var views = new List<View>();
        foreach (var s in settings.Declared.Where(s => !s.Key.StartsWith(Permissions, StringComparison.Ordinal)).OrderBy(s => s.Key, StringComparer.Ordinal))
            views.Add(new(s.Key, s.Title, s.Key.Split('.')[0], s.Kind, await settings.TextAsync(s, ct), s.Default, s.Hint, s.Choices?.Select(c => new Choice(c.Value, c.Label)).ToList(), s.Least, s.Most));
        return views;
    }

    internal static async Task<IReadOnlyList<View>> ChangeAsync(Request request, HouseSettings settings, KernelDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        await settings.ChangeAsync(db, actor, request.Values ?? throw Refusal.Invalid("values", "Say which settings change."), ct);
        return await ListAsync(settings, actor, ct);
    }

    internal static async Task<IReadOnlyList<PermissionView>> PermissionsAsync(RolePermissions permissions, HouseSettings settings, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var views = new List<PermissionView>();
        foreach (var p in permissions.All.OrderBy(p => p.Module, StringComparer.Ordinal).ThenBy(p => p.Key, StringComparer.Ordinal))
            views.Add(new(p.Key, p.Title, p.Module, Enum.Parse<Role>(await settings.TextAsync(RolePermissions.SettingOf(p), ct)), p.From));
        return views;
    }

    internal static async Task<IReadOnlyList<PermissionView>> ChangePermissionsAsync(
        Dictionary<string, Role> request, RolePermissions permissions, HouseSettings settings, KernelDb db, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        if (request.Keys.FirstOrDefault(k => permissions.All.All(p => p.Key != k)) is { } unknown) throw Refusal.Invalid(unknown, "There is no such permission.");
        await settings.ChangeAsync(db, actor, request.ToDictionary(r => Permissions + r.Key, r => r.Value.ToString()), ct);
        return await PermissionsAsync(permissions, settings, actor, ct);
    }
}
