using Atrium;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHouse(builder.Configuration["data"] ?? "data", Modules.All);
    var app = builder.Build();
    app.UseHouse();
    await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
    await app.RunAsync();
    return 0;
}
catch (CannotStart e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
