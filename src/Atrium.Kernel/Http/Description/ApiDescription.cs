using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Atrium.Kernel.Http.Description;

/// <summary>A system that the API describes: one OpenAPI 3.1 document each, at <c>/openapi/{name}.json</c>.</summary>
public sealed record DescribedSystem(string Name);

/// <summary>Describes the API from what the endpoints say of themselves: names, scopes, rate classes, refusals.</summary>
public static class ApiDescription
{
    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services, string system)
    {
        services.AddSingleton(new DescribedSystem(system));
        return services.AddOpenApi(system, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = api => api.GroupName == system;
            options.CreateSchemaReferenceId = SchemaNames.Of;
            options.AddDocumentTransformer(Introduce);
            options.AddOperationTransformer(Tell);
            options.AddSchemaTransformer(Shape);
        });
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().Rate(RateClass.Read);

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info.Title = $"Atrium: {context.DocumentName}";
        document.Info.Version = "1";
        document.Info.Description =
            "JSON in snake_case; ids are decimal strings. Sign in with `Authorization: Bearer` and a personal access token (made at `/settings/apps`, or by "
            + "`atrium token add HANDLE --scope tasks:write`) or an OAuth access token; each operation names the scope it wants, and `tasks:write` includes `tasks:read`. "
            + "Lists answer `{items, next}` and a `Link` header with `rel=\"next\"`; pass `cursor` to go on and `limit` (1 to 100). "
            + "Whatever has a `revision` answers it as its `ETag`: send it back in `If-Match` and a change made meanwhile is a 412 instead of a loss. "
            + "A POST with an `Idempotency-Key` is done once however often it is sent. Every refusal is `application/problem+json` with a stable `code`. "
            + "A person or group among others is `member:{id}` or `group:{id}`; `GET /api/accounts/members?text=` finds people and their ids, `GET /api/accounts/me` is yourself.";
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal access token or an OAuth 2.0 access token." },
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas["Problem"] = ProblemSchema();
        return Task.CompletedTask;
    }

    private static async Task Tell(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<NeedsScope>().LastOrDefault()?.Scope;
        var open = metadata.OfType<IAllowAnonymous>().Any();
        var codes = metadata.OfType<NamesRefusals>().LastOrDefault()?.Codes ?? [];
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        if (scope is not null) operation.Extensions["x-scope"] = new JsonNodeExtension(JsonValue.Create(scope));
        if (metadata.OfType<HasRateClass>().LastOrDefault() is { } rate) operation.Extensions["x-rate-class"] = new JsonNodeExtension(JsonValue.Create(rate.Class.ToString().ToLowerInvariant()));
        if (codes.Count > 0) operation.Extensions["x-codes"] = new JsonNodeExtension(new JsonArray([.. codes.Select(c => JsonValue.Create(c))]));

        if (!open) operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        operation.Responses ??= [];
        Words(operation, metadata.OfType<MethodInfo>().LastOrDefault());
        if (codes.Count > 0) operation.Description = $"May refuse with {string.Join(", ", codes.Select(c => $"`{c}`"))} beside what every operation may answer.";
        Refuse(operation, context, 422, "What was sent cannot be accepted; `errors` names the fields.");
        if (codes.Any(c => c is not ("not_found" or "stale_revision"))) Refuse(operation, context, 409, "It does not fit how things are.");
        Refuse(operation, context, 429, "Too often. `Retry-After` says when to come back.");
        if (!open) Refuse(operation, context, 401, "No sign-in, or a worthless token.");
        if (scope is not null) Refuse(operation, context, 403, $"Not allowed, or the token lacks the scope `{scope}`.");
        if (codes.Contains("not_found") || context.Description.RelativePath?.Contains('{') == true) Refuse(operation, context, 404, "Not there, or not shared with you.");
        if (operation.Parameters?.Any(p => p.Name == "If-Match") == true) Refuse(operation, context, 412, "It changed since you read it.");
        if (metadata.OfType<TakesBody>().LastOrDefault() is { } takes)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(takes.Shape, null, ct) } },
            };
        }
    }

    private static void Words(OpenApiOperation operation, MethodInfo? handler)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is { In: ParameterLocation.Query, Name: "Limit" or "Cursor" }) parameter.Name = parameter.Name.ToLowerInvariant();
            parameter.Description ??= parameter.Name switch
            {
                "limit" => "How many at most, 1 to 100; 50 unless said.",
                "cursor" => "`next` of the slice before.",
                "If-Match" => "The ETag of what you read: `\"7\"`.",
                { } name when handler is not null => CodeWords.Of(handler, name),
                _ => null,
            };
        }
    }

    private static void Refuse(OpenApiOperation operation, OpenApiOperationTransformerContext context, int status, string description) =>
        operation.Responses!.TryAdd(status.ToString(), new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) } },
        });

    // Small types that JSON writes as text.
    private static Task Shape(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>)) Text(schema, "^[0-9]+$", "A decimal id.");
        else if (type == typeof(Thing)) Text(schema, "^[a-z_]+:[0-9]+$", "A thing: kind and id.");
        else if (type == typeof(Etag)) Text(schema, "^(\\*|\"[0-9]+\")$", "A revision in quotes, or *.");
        else if (schema is { Items: null } && (schema.Type & JsonSchemaType.Array) != 0 && type.IsGenericType && type.GetGenericArguments()[0] is { IsGenericType: true } element && element.GetGenericTypeDefinition() == typeof(Id<>))
        {
            var id = new OpenApiSchema();
            Text(id, "^[0-9]+$", "A decimal id.");
            schema.Items = id;
        }

        if (context.JsonPropertyInfo is not { } property) schema.Description ??= CodeWords.Of(type);
        // What is shown by reference is described once, as itself.
        else if (schema.Metadata?.TryGetValue("x-schema-id", out var known) != true || known is not string { Length: > 0 })
            schema.Description = CodeWords.Of(property.DeclaringType, (property.AttributeProvider as MemberInfo)?.Name ?? property.Name) ?? schema.Description;
        return Task.CompletedTask;
    }

    private static void Text(OpenApiSchema schema, string pattern, string description)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = null;
        schema.Properties = null;
        schema.Required = null;
        schema.Pattern = pattern;
        schema.Description = description;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457, with a stable code.",
        Required = new HashSet<string> { "title", "status", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people." },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For programs." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["field"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["message"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };
}
