using System.CommandLine;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;

namespace Atrium.CommandLine;

/// <summary>
/// A verb that works on the house itself, whether or not a server runs on it. What it says goes to the standard output; why it could not
/// goes to the standard error, in one sentence, with exit code 1.
/// </summary>
internal abstract class HouseVerb(string name, string description, Option<string> data) : Command(name, description)
{
    /// <summary>Does <paramref name="work"/> in a built and migrated house, then handles what it set in motion.</summary>
    protected void Does(Func<ParseResult, IServiceProvider, CancellationToken, Task> work, bool migrate = true) => SetAction((parsed, ct) => SayingWhyAsync(async () =>
    {
        await using var app = Build(parsed, []);
        if (migrate) await app.Services.GetRequiredService<Migrator>().MigrateAsync(ct);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Kernel.Http.CurrentActor>().Actor = Actor.System;
            await work(parsed, scope.ServiceProvider, ct);
        }

        if (migrate) await app.Services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
    }));

    /// <summary>The house as the configuration says, with this verb's own settings on top.</summary>
    protected WebApplication Build(ParseResult parsed, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        // Assets and configuration lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "atrium" });
        // In a source tree the assets lie with their projects; a published house has them beside it and no list of them.
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.AddEnvironmentVariables("ATRIUM_");
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error).AddFilter("Atrium", LogLevel.Information);
        builder.AddHouse(parsed.GetValue(data)!, Modules.All);
        return builder.Build();
    }

    protected static async Task<int> SayingWhyAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception e) when (e is CannotStart or Refusal or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e is Refusal { Fields.Count: > 1 } many ? string.Join(Environment.NewLine, many.Fields.Select(f => $"{f.Field}: {f.Message}")) : e.Message);
            return 1;
        }
    }
}
