using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Architecture.Tests;

public class ModelTests
{
    public static TheoryData<DbProvider> Providers => new(DbProvider.Sqlite, DbProvider.Postgres);

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Migrations_say_what_the_models_say(DbProvider provider) => await WithContextsAsync(provider, db =>
        Assert.False(db.Database.HasPendingModelChanges(), $"{db.Module}: run tools/migration.sh"));

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Small_types_lie_the_same_way_everywhere(DbProvider provider) => await WithContextsAsync(provider, db =>
    {
        var instants = provider == DbProvider.Sqlite ? "INTEGER" : "timestamp with time zone";
        var numbers = provider == DbProvider.Sqlite ? "INTEGER" : "bigint";
        foreach (var property in db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            var wanted = type == typeof(DateTimeOffset) ? instants : typeof(Kernel.IId).IsAssignableFrom(type) || type == typeof(Kernel.Audience) ? numbers : null;
            if (wanted is not null) Assert.True(property.GetColumnType() == wanted, $"{property.DeclaringType.DisplayName()}.{property.Name} is {property.GetColumnType()}");
            Assert.False(type == typeof(decimal) || type == typeof(float), $"{property.DeclaringType.DisplayName()}.{property.Name}: money is minor units");
        }
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tables_bear_their_modules_name(DbProvider provider) => await WithContextsAsync(provider, db =>
        Assert.All(db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null), e => Assert.True(
            e.GetTableName()!.StartsWith(db.Module + "_", StringComparison.Ordinal) || e.GetTableName()!.StartsWith("kernel_", StringComparison.Ordinal), e.GetTableName())));

    private static async Task WithContextsAsync(DbProvider provider, Action<ModuleDb> look)
    {
        var folder = Directory.CreateTempSubdirectory("atrium-model").FullName;
        var builder = WebApplication.CreateBuilder();
        if (provider == DbProvider.Postgres) builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Atrium", "Host=localhost;Database=never-opened")]);
        builder.AddHouse(folder, Modules.All);
        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var database in app.Services.GetServices<ModuleDatabase>()) look(database.In(scope));
        Directory.Delete(folder, recursive: true);
    }
}
