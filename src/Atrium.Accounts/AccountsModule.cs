using Atrium.Accounts.Data;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts;

/// <summary>Members, sign-in, groups, roles, profiles, and the keys that apps are given.</summary>
public sealed partial class AccountsModule : IModule
{
    public string Name => AccountsDb.Name;

    public void Register(ModuleBuilder module)
    {
        module.Database<AccountsDb, SqliteAccountsDb, PostgresAccountsDb>();
        module.Scope("profile:read", "See your profile, settings and groups")
            .Scope("profile:write", "Change your profile, settings and groups")
            .Scope("accounts:admin", "Run members, roles and invitations");
        AtriumSchemes.Add(module.Services);
        RegisterTokens(module);
    }

    public void Map(IEndpointRouteBuilder app)
    {
        MapTokens(app);
    }

    /// <summary>OAuth, personal access tokens and app passwords.</summary>
    static partial void RegisterTokens(ModuleBuilder module);

    static partial void MapTokens(IEndpointRouteBuilder app);
}
