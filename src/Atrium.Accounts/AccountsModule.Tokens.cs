using Atrium.Accounts.AppPasswords;
using Atrium.Accounts.Credentials;
using Atrium.Accounts.OAuth;
using Atrium.Accounts.OAuth.Apps;
using Atrium.Accounts.OAuth.Apps.Pages;
using Atrium.Accounts.SigningIn;
using Atrium.Accounts.Tokens;
using Atrium.Accounts.Tokens.Pages;
using Atrium.Contracts.Accounts;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts;

public sealed partial class AccountsModule
{
    static partial void RegisterTokens(ModuleBuilder module)
    {
        module.Scope("credentials:read", "See your tokens, app passwords and the apps you allowed")
            .Scope("credentials:write", "Make and end tokens for you, and end what you allowed apps")
            .Scope("apps:read", "See the apps you registered")
            .Scope("apps:write", "Register and change apps of yours");
        module.Permission(RegisterApp.Permission, "Register apps");
        module.Setting(CredentialRules.MostKeys, CredentialRules.MostApps);
        module.Recurring<PruneCredentials>("47 3 * * *");
        module.On<MemberErased, RemoveApps>();
        OAuthServer.Register(module);

        var services = module.Services;
        services.AddSingleton<CredentialCache>();
        services.AddSingleton<LastUses>();
        services.AddHostedService(sp => sp.GetRequiredService<LastUses>());
        services.AddSingleton<AppPasswordKey>();
        services.AddSingleton<FailedPasswords>();
        services.AddScoped<AppPasswordDesk>();
        services.AddScoped<IAppPasswords>(sp => sp.GetRequiredService<AppPasswordDesk>());
        services.AddScoped<ITokenIssuer, AddToken.Issuer>();
        services.AddScoped<IAppPasswordIssuer, MyAppPasswords.Store>();
        services.AddScoped<ICredentialStore, MyTokens.Store>();
        services.AddScoped<ICredentialStore, MyAppPasswords.Store>();
        services.AddScoped<ICredentialStore, MyGrants.Store>();

        services.AddSingleton(new SettingsTab("Apps", AppsPages.Address, 44));
        services.AddSingleton(new SettingsTab("Developer", DeveloperPages.Address, 60));
        services.AddSingleton(new HeaderScheme(BearerHandler.Header, BearerHandler.SchemeName));
        services.AddSingleton(new HeaderScheme(BasicHandler.Header, BasicHandler.SchemeName));
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, BasicHandler>(BasicHandler.SchemeName, null);
    }

    static partial void MapTokens(IEndpointRouteBuilder app)
    {
        OAuthServer.Map(app);
        var api = app.MapApi(Data.AccountsDb.Name);
        AddToken.Map(api);
        MyTokens.Map(api);
        MyAppPasswords.Map(api);
        MyGrants.Map(api);
        RegisterApp.Map(api);
        MyApps.Map(api);
        var pages = app.MapPages();
        AppsPages.Map(pages);
        DeveloperPages.Map(pages);
    }
}
