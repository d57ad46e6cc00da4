using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Security;

/// <summary>Registers what checks passwords, codes and passkeys.</summary>
internal static class SignInSecrets
{
    public static void Add(ModuleBuilder module)
    {
        var services = module.Services;
        services.AddSingleton<BreachedPasswords>();
        services.AddSingleton<PasswordBook>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<Totp>();
        services.AddIdentityCore<Account>().AddUserStore<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            // Where no address is named, the ceremony uses the one in the browser's bar.
            o.ServerDomain = module.Configuration["House:Address"] is { } address ? new Uri(address).Host : null;
            o.ResidentKeyRequirement = "required";
            o.UserVerificationRequirement = "required";
        });
    }
}
