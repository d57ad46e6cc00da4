using System.CommandLine;
using System.Net.Sockets;
using Atrium.Contracts.Home;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;

namespace Atrium.CommandLine;

/// <summary><c>serve</c>: migrates, then listens.</summary>
internal sealed class ServeVerb : HouseVerb
{
    private readonly Option<string> _urls = new("--urls") { Description = "Where to listen", DefaultValueFactory = _ => "http://localhost:5080" };
    private readonly Option<bool> _demo = new("--demo") { Description = "Fill an empty house with a lively demo community" };
    private readonly Option<string> _role = new("--role") { Description = "What this process does", DefaultValueFactory = _ => "all" };

    public ServeVerb(Option<string> data) : base("serve", "Serves the house (what happens without a verb, too)", data)
    {
        _role.AcceptOnlyFromAmong("all", "web", "worker");
        Add(_urls);
        Add(_demo);
        Add(_role);
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, ct) => SayingWhyAsync(() => ServeAsync(parsed, ct)));
    }

    private async Task ServeAsync(ParseResult parsed, CancellationToken ct)
    {
        NativeHeap.Bound();
        await using var app = Build(parsed, [new("urls", parsed.GetValue(_urls)), new("Role", parsed.GetValue(_role))]);
        app.UseHouse();
        var endpoints = Task.Run(app.BuildEndpoints, ct);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync(ct);
        if (parsed.GetValue(_demo)) await FillAsync(app, people: true, ct);
        await endpoints;
        try
        {
            await app.StartAsync(ct);
        }
        catch (IOException e) when (e.InnerException is not null || e.Message.Contains("address", StringComparison.OrdinalIgnoreCase))
        {
            throw new CannotStart($"Cannot listen on {parsed.GetValue(_urls)}: {Reason(e)}", e);
        }

        foreach (var url in app.Urls) Console.WriteLine($"Atrium listens on {url}");
        await Greeting.SayAsync(app, ct);
        if (parsed.GetValue(_demo))
        {
            await FillAsync(app, people: false, ct);
            // What moving in needed is given back; a quiet house would keep it.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            NativeHeap.Trim();
        }

        await app.WaitForShutdownAsync(ct);
    }

    private static string Reason(IOException e) =>
        e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || e.Message.Contains("in use", StringComparison.OrdinalIgnoreCase)
            ? "another program listens there already."
            : e.GetBaseException().Message;

    // People must be there when the house opens; what they did may still be moving in.
    private static async Task FillAsync(WebApplication app, bool people, CancellationToken ct)
    {
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var demo in scope.ServiceProvider.GetServices<IDemoData>().Where(d => d.Order == 0 == people).OrderBy(d => d.Order)) await demo.FillAsync(ct);
        if (!people) Console.WriteLine("The demo community has moved in: sign in as ada, password atrium-demo.");
    }
}
