using Atrium.Accounts.Data;
using Atrium.Accounts.Doors;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Setup;

/// <summary>Makes the first administrator by the set-up link and names the house.</summary>
internal static class SetUpHouse
{
    public sealed record Request(string? HouseName, string? Tagline, string? Handle, string? Name, string? Email, string? Password, string? TimeZone);

    /// <exception cref="Refusal">NotFound when the key does not fit or the house has members.</exception>
    public static async Task DemandAsync(string key, SetupKey setup, AccountsDb db, CancellationToken ct)
    {
        if (!setup.Fits(key) || await db.Accounts.AnyAsync(ct)) throw Refusal.NotFound("This set-up link was used already, or is from an earlier start.");
    }

    public static async Task HandleAsync(
        string key, Request request, HttpContext http, SetupKey setup, AccountsDb db, KernelDb kernel, MemberRegistry registry, HouseSettings settings, CancellationToken ct)
    {
        await DemandAsync(key, setup, db, ct);
        var houseName = request.HouseName?.Trim();
        if (string.IsNullOrEmpty(houseName)) throw Refusal.Invalid("house_name", "Give the house a name.", "required");
        var id = await registry.AddFirstAsync(new(request.Handle ?? "", request.Email ?? "", request.Password, request.Name ?? "", Role.Administrator, request.TimeZone ?? "Etc/UTC"), ct);
        setup.Forget();
        await settings.ChangeAsync(
            kernel, Actor.System, new Dictionary<string, string> { [KernelModule.HouseName.Key] = houseName, [KernelModule.Tagline.Key] = request.Tagline?.Trim() ?? "" }, ct);
        await OpenSession.HandleAsync(id, "set-up", remember: false, http, db, ct);
    }
}
