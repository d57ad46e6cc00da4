using System.Collections.Frozen;
using Atrium.Kernel.Settings;

namespace Atrium.Kernel.Modules;

/// <summary>What each role may do: the modules' defaults, as the administrator changed them.</summary>
public sealed class RolePermissions(IEnumerable<Permission> permissions, HouseSettings settings)
{
    // Asked on every request: the settings are made once.
    private readonly (Permission Permission, Setting Setting)[] _permissions = [.. permissions.Select(p => (p, SettingOf(p)))];

    public IReadOnlyList<Permission> All { get; } = [.. permissions];

    /// <summary>The setting in which the lowest role that has a permission is kept.</summary>
    public static Setting SettingOf(Permission permission) => new(
        $"permission.{permission.Key}", permission.Title, SettingKind.Choice, permission.From.ToString(), null,
        [.. Enum.GetNames<Role>().Select(r => (r, r))]);

    public async ValueTask<IReadOnlySet<string>> OfAsync(Role role, CancellationToken ct)
    {
        var held = new List<string>(_permissions.Length);
        foreach (var (permission, setting) in _permissions)
            if (role >= Enum.Parse<Role>(await settings.TextAsync(setting, ct)))
                held.Add(permission.Key);
        return held.ToFrozenSet();
    }
}
