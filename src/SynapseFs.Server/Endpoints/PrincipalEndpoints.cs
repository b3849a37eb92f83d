using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;
using SynapseFs.Server.World;

namespace SynapseFs.Server.Endpoints;

/// <summary>Users, teams and groups by number and by name.</summary>
internal sealed class PrincipalEndpoints(SynapseWorld world)
{
    private const int MaxAliases = 100;

    public void Add(ServiceRoutes repo)
    {
        repo.Get("/userGroupHeaders/batch", Scopes.View, BatchAsync);
        repo.Get("/userGroupHeaders", Scopes.View, SearchAsync);
        repo.Post("/userGroupHeaders/aliases", Scopes.View, AliasesAsync);
        repo.Post("/principal/alias", Scopes.View, AliasAsync);
        repo.Post("/principal/available", Scopes.View, AvailableAsync);
    }

    private Task BatchAsync(ServiceCall call)
    {
        var ids = call.RequiredQuery("ids")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var headers = world.Transact(() => ids.Select(id => world.AddressBook.Header(EntityIds.ParseNumber(id, "ids")))
            .OfType<UserGroupHeader>().ToArray());
        return call.JsonAsync(
            200, new UserGroupHeaderPage { Children = headers, TotalNumberOfResults = headers.Length },
            ApiJson.Default.UserGroupHeaderPage);
    }

    private Task SearchAsync(ServiceCall call)
    {
        var page = call.Page();
        var prefix = call.Query("prefix");
        bool? areIndividuals = call.Query("typeFilter") switch
        {
            null or "ALL" => null,
            "USERS_ONLY" => true,
            "TEAMS_ONLY" => false,
            var odd => throw ServiceException.BadRequest($"Unknown typeFilter: {odd}"),
        };
        var headers = world.Transact(() => world.AddressBook.WithPrefix(prefix ?? "", areIndividuals, page));
        var answer = new UserGroupHeaderPage
        {
            PrefixFilter = prefix,
            Children = headers,
            TotalNumberOfResults = page.Total(headers.Count),
        };
        return call.JsonAsync(200, answer, ApiJson.Default.UserGroupHeaderPage);
    }

    private async Task AliasesAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(PeopleJson.Default.AliasList);
        var names = request.List ?? throw ServiceException.BadRequest("request.list is required.");
        if (names.Count == 0)
        {
            throw ServiceException.BadRequest("Request must include at least one alias.");
        }

        if (names.Count > MaxAliases)
        {
            throw ServiceException.BadRequest($"Request exceeds the maximum number of {MaxAliases} aliases.");
        }

        var found = world.Transact(() => names.OfType<string>()
            .Select(world.AddressBook.Owner).OfType<long>().Distinct()
            .Select(world.AddressBook.Header).OfType<UserGroupHeader>().ToArray());
        await call.JsonAsync(200, new UserGroupHeaderList { List = found }, PeopleJson.Default.UserGroupHeaderList);
    }

    private async Task AliasAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.PrincipalAliasRequest);
        var (alias, type) = Required(request);
        if (type != AliasRules.UserName)
        {
            throw ServiceException.BadRequest($"Unsupported alias type {type}");
        }

        var user = world.Transact(() => world.Users.Find(alias))
            ?? throw ServiceException.NotFound($"Alias: '{alias}' of type: 'USER_NAME' does not exist");
        await call.JsonAsync(200, new PrincipalAliasResponse { PrincipalId = user.Id }, ApiJson.Default.PrincipalAliasResponse);
    }

    private async Task AvailableAsync(ServiceCall call)
    {
        var request = await call.ReadAsync(ApiJson.Default.PrincipalAliasRequest);
        var (alias, type) = Required(request);
        var isValid = AliasRules.Refusal(alias, type) is null;
        var isTaken = world.Transact(() => type == AliasRules.UserEmail
            ? world.Users.FindEmail(alias) is not null
            : world.AddressBook.Owner(alias) is not null);
        var answer = new AliasCheckResponse { Available = isValid && !isTaken, Valid = isValid };
        await call.JsonAsync(201, answer, PeopleJson.Default.AliasCheckResponse);
    }

    private static (string Alias, string Type) Required(PrincipalAliasRequest request) => (
        request.Alias ?? throw ServiceException.BadRequest("PrincipalAliasRequest.alias is required."),
        request.Type ?? throw ServiceException.BadRequest("PrincipalAliasRequest.type is required."));
}
