using System.Globalization;
using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.World.Tree;

namespace SynapseFs.Server.World.People;

/// <summary>The terms of service and who has agreed to them. Source: TermsOfServiceManager.</summary>
internal sealed class Terms(Database database, Users users, Tokens tokens)
{
    /// <summary>The newest version that exists; agreeing to an older one from the required on is enough.</summary>
    private static readonly Version Latest = new(1, 0, 0);
    private static readonly Version Required = new(0, 0, 0);

    public static TermsOfServiceInfo Info { get; } = new()
    {
        TermsOfServiceUrl = $"https://raw.githubusercontent.com/Sage-Bionetworks/Sage-Governance-Documents/refs/tags/{Latest}/Terms.md",
        LatestTermsOfServiceVersion = Latest.ToString(),
        CurrentRequirements = new TermsOfServiceRequirements
        {
            RequirementDate = new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero),
            MinimumTermsOfServiceVersion = Required.ToString(),
        },
    };

    public TermsOfServiceStatus Status(Caller caller)
    {
        if (caller.IsAnonymous)
        {
            throw ServiceException.BadRequest("Cannot get terms of service status for the anonymous user.");
        }

        return database.First(
            "SELECT created_on, has_accepted_terms, terms_version, terms_accepted_on FROM users WHERE id = @0",
            row => new TermsOfServiceStatus
            {
                UserId = caller.IdText,
                UserCurrentTermsOfServiceState = row.GetBoolean(1) ? "UP_TO_DATE" : "MUST_AGREE_NOW",
                // Whom the options say to have agreed did so when the account was made.
                LastAgreementDate = row.GetBoolean(1) ? EntityShape.Date(row.IsDBNull(3) ? row.GetInt64(0) : row.GetInt64(3)) : null,
                LastAgreementVersion = row.GetBoolean(1) ? row.IsDBNull(2) ? Required.ToString() : row.GetString(2) : null,
            },
            caller.Id)!;
    }

    public void Sign(TermsOfServiceSignRequest request)
    {
        var token = request.AccessToken ?? throw ServiceException.BadRequest("Access token contents is required.");
        if (tokens.Find(token) is not { IsRevoked: false } row || users.Get(row.UserId) is not { } user)
        {
            throw new ServiceException(ServiceError.Unauthenticated, "Invalid access token");
        }

        var version = Parse(request.TermsOfServiceVersion ?? Required.ToString());
        if (version > Latest)
        {
            throw ServiceException.BadRequest($"The version cannot be greater than the latest available version ({Latest}).");
        }

        users.AcceptTerms(user.Id, version.ToString());
    }

    private static Version Parse(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 3 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? Version.Parse(text)
            : throw ServiceException.BadRequest($"Version [{text}] is not valid semver.");
    }
}
