using SynapseFs.Api;
using SynapseFs.Server.Errors;
using SynapseFs.Server.Http;
using SynapseFs.Server.Rules;

namespace SynapseFs.Server.World.People;

/// <summary>
/// Logging in by password. Source: AuthenticationManagerImpl, UserCredentialValidatorImpl. Passwords are checked outside of
/// transactions, as that takes long on purpose.
/// </summary>
internal sealed class Logins(Database database, Users users, Credentials credentials, Tokens tokens, Receipts receipts)
{
    public const string Incorrect = "The provided username/password combination is incorrect";
    private const int ShortestPassword = 8;

    public LoginResponse Login(LoginRequest request)
    {
        var user = Authenticate(
            Required(request.Username, "LoginRequest.username"), Required(request.Password, "LoginRequest.password"),
            request.AuthenticationReceipt);
        return database.Transact(() =>
        {
            credentials.MarkAuthenticated(user.Id);
            return new LoginResponse
            {
                AccessToken = tokens.AddSession(user.Id),
                AcceptsTermsOfUse = user.HasAcceptedTerms,
                AuthenticationReceipt = receipts.Issue(user.Id),
            };
        });
    }

    public void ChangePassword(ChangePasswordRequest request)
    {
        var user = Authenticate(
            Required(request.Username, "changePasswordWithCurrentPassword.username"),
            Required(request.CurrentPassword, "changePasswordWithCurrentPassword.currentPassword"), request.AuthenticationReceipt);
        if (Required(request.NewPassword, "changePasswordWithCurrentPassword.newPassword").Length < ShortestPassword)
        {
            throw ServiceException.BadRequest($"A valid password must be at least {ShortestPassword} characters long.");
        }

        database.Transact(() => credentials.SetPassword(user.Id, request.NewPassword!));
    }

    private UserRow Authenticate(string name, string password, string? receipt)
    {
        if (database.Transact(() => users.FindLogin(name)) is not { } user)
        {
            throw Refused();
        }

        var row = database.Transact(() => credentials.Get(user.Id));
        var isThrottled = !receipts.IsValid(user.Id, receipt);
        var wait = row.LockedUntil - credentials.Now;
        if (isThrottled && wait > 0)
        {
            throw new ServiceException(
                ServiceError.Locked, $"You are locked out from making any additional login attempts for {wait} milliseconds");
        }

        if (row.Password is null || !PasswordHash.Fits(row.Password, password))
        {
            if (isThrottled)
            {
                database.Transact(() => credentials.CountFailure(user.Id));
            }

            throw Refused();
        }

        if (isThrottled && row.FailedLogins > 0)
        {
            database.Transact(() => credentials.ForgetFailures(user.Id));
        }

        return user;
    }

    private static ServiceException Refused() => new(ServiceError.Unauthenticated, Incorrect);

    private static string Required(string? text, string name) => text ?? throw ServiceException.BadRequest($"{name} is required.");
}
