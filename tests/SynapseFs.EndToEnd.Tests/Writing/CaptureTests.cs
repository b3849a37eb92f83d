using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Server;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests.Writing;

/// <summary>What files are made from, found out while programs make them, and checked at the server.</summary>
[TestFixture]
internal sealed class CaptureTests
{
    private World _world = null!;
    private Mount _mount = null!;
    private string _raw = null!;
    private string _other = null!;

    [SetUp]
    public async Task Serve_and_mount()
    {
        _world = await World.StartAsync(options => options with { MakesPreviews = false });
        _raw = await _world.AddFileAsync("raw.txt", "b\na\nc\n"u8.ToArray());
        await _world.ReplaceFileAsync(_raw, "b\na\nd\n"u8.ToArray());
        _other = await _world.AddFileAsync("other.txt", "x\n"u8.ToArray());
        _mount = await _world.MountAsync("--settle", "200ms", "--provenance", "auto");
    }

    [TearDown]
    public async Task Unmount_and_stop()
    {
        await _mount.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Three_steps_of_a_shell_script_are_recorded_at_their_exact_versions()
    {
        await ShellAsync("cat other.txt > /dev/null; sort raw.txt > sorted.txt; head -2 sorted.txt > top.txt; paste top.txt other.txt > both.txt");

        Assert.That(await ActivityAsync("sorted.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"));
        Assert.That(await ActivityAsync("top.txt"), Is.EqualTo($"head -2 sorted.txt: used {await IdAsync("sorted.txt")}.1"));
        Assert.That(await ActivityAsync("both.txt"), Is.EqualTo($"paste top.txt other.txt: used {_other}.1, {await IdAsync("top.txt")}.1"));
    }

    [Test]
    public async Task A_pipe_leads_from_what_was_read_to_what_was_written()
    {
        await ShellAsync("cat raw.txt | sed s/a/z/ | sort > piped.txt; cat other.txt | sort > second.txt; { cat other.txt; cat raw.txt; } | sort > block.txt; sort other.txt | { cat; } > through.txt");

        Assert.That(await ActivityAsync("piped.txt"), Does.EndWith($": used {_raw}.2").And.StartWith("cat raw.txt | "));
        Assert.That(await ActivityAsync("block.txt"), Does.EndWith($": used {_raw}.2, {_other}.1"));
        Assert.That(await ActivityAsync("through.txt"), Does.EndWith($": used {_other}.1"));
        Assert.That(await ActivityAsync("second.txt"), Is.EqualTo($"cat other.txt | sort: used {_other}.1"));
    }

    [Test]
    public async Task A_script_is_executed_and_what_it_and_its_children_read_is_used()
    {
        await File.WriteAllTextAsync(_world.Directory("out") + "/join.py", """
            import subprocess, sys
            first = open("raw.txt").read()
            second = subprocess.run(["cat", "other.txt"], capture_output=True, text=True).stdout
            with open("joined.txt", "w") as out:
                out.write(first + second)
            """);
        await ShellAsync("cp $OUT/join.py . && python3 ./join.py --token=abc --password hush x");
        var script = await IdAsync("join.py");

        Assert.That(
            await ActivityAsync("joined.txt"),
            Is.EqualTo($"python3 ./join.py --token=*** --password *** x: used {_raw}.2, {_other}.1; executed {script}.1"));
        Assert.That(await ActivityAsync("join.py"), Is.Null, "what comes from elsewhere has no provenance here");
    }

    [Test]
    public async Task A_shell_script_of_the_mount_is_executed_by_all_its_commands()
    {
        await ShellAsync("printf 'sort raw.txt > one.txt\\n{ cat other.txt; } > two.txt\\nwhile read line; do echo $line; done < raw.txt > three.txt\\n' > run.sh; bash run.sh");
        var script = await IdAsync("run.sh");

        Assert.That(await ActivityAsync("one.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2; executed {script}.1"));
        Assert.That(await ActivityAsync("two.txt"), Is.EqualTo($"cat other.txt: used {_other}.1; executed {script}.1"));
        Assert.That(await ActivityAsync("three.txt"), Is.EqualTo($"bash run.sh: used {_raw}.2; executed {script}.1"));
    }

    [Test]
    public async Task What_the_kernel_executes_is_executed_whoever_starts_it()
    {
        await ShellAsync("""
            for shell in bash sh; do printf "#!/bin/$shell\nsort raw.txt > \$1\n" > $shell.sh; chmod +x $shell.sh; done
            printf 'sort raw.txt > $1\n' > none.sh; cp /usr/bin/sort own; chmod +x none.sh own
            ./bash.sh b1.txt; ./sh.sh s1.txt; ./none.sh n1.txt; ./own raw.txt > o1.txt
            python3 -c 'import subprocess; subprocess.run(["./bash.sh", "b2.txt"]); subprocess.run(["./sh.sh", "s2.txt"])'
            $SYNAPSEFS run ./sh.sh s3.txt
            """);

        foreach (var (made, script) in new[] { ("b1", "bash.sh"), ("b2", "bash.sh"), ("s1", "sh.sh"), ("s2", "sh.sh"), ("s3", "sh.sh"), ("n1", "none.sh") })
            Assert.That(await ActivityAsync(made + ".txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2; executed {await IdAsync(script)}.1"), made);
        Assert.That(await ActivityAsync("o1.txt"), Is.EqualTo($"own raw.txt: used {_raw}.2; executed {await IdAsync("own")}.1"));
    }

    [Test]
    public async Task Data_on_an_interpreters_command_line_is_used_not_executed()
    {
        await ShellAsync("""
            awk 1 raw.txt other.txt > awk.txt; perl -pe 1 raw.txt > perl.txt
            printf '{ print }\n' > prog.awk; awk -f prog.awk raw.txt > prog.txt
            """);

        Assert.That(await ActivityAsync("awk.txt"), Is.EqualTo($"awk 1 raw.txt other.txt: used {_raw}.2, {_other}.1"));
        Assert.That(await ActivityAsync("perl.txt"), Is.EqualTo($"perl -pe 1 raw.txt: used {_raw}.2"));
        Assert.That(await ActivityAsync("prog.txt"), Is.EqualTo($"awk -f prog.awk raw.txt: used {_raw}.2; executed {await IdAsync("prog.awk")}.1"));
    }

    [Test]
    public async Task An_archive_that_tar_has_another_program_write_is_made_by_tar_and_what_comes_next_is_not()
    {
        await ShellAsync("""
            for n in 1 2 3 4 5 6; do tar czf $n.tgz raw.txt other.txt; done
            node -e 'fs.writeFileSync("next.txt", fs.readFileSync(process.argv[1]))' raw.txt
            """);

        for (var n = 1; n <= 6; n++)
            Assert.That(await ActivityAsync($"{n}.tgz"), Is.EqualTo($"tar czf {n}.tgz raw.txt other.txt | gzip: used {_raw}.2, {_other}.1"));
        Assert.That(await ActivityAsync("next.txt"), Does.StartWith("node -e ").And.EndsWith($" raw.txt: used {_raw}.2"));
    }

    [Test]
    public async Task What_a_shell_does_by_itself_bears_the_shells_name()
    {
        await ShellAsync("(while read line; do echo $line; done) < raw.txt > loop.txt");

        Assert.That(await ActivityAsync("loop.txt"), Does.StartWith("bash ").And.EndsWith($": used {_raw}.2"));
    }

    [Test]
    public async Task A_copy_keeps_its_source_and_a_new_version_its_old_one()
    {
        await ShellAsync("cp raw.txt copy.txt; cp .synapse/of/raw.txt/versions/1/raw.txt old.txt; sed -i s/x/y/ other.txt");

        Assert.That(await ActivityAsync("copy.txt"), Is.EqualTo($"cp raw.txt copy.txt: used {_raw}.2"));
        Assert.That(await ActivityAsync("old.txt"), Does.EndWith($": used {_raw}.1"));
        Assert.That(await ActivityAsync("other.txt"), Is.EqualTo($"sed -i s/x/y/ other.txt: used {_other}.1"));
        Assert.That((await _world.Client.Entities.GetAsync(_other, null, RequestPriority.Interactive, default)).VersionNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task What_was_only_there_for_a_moment_is_told_by_what_it_was_made_from()
    {
        await MountAnewAsync("--settle", "1h", "--provenance", "auto");
        await ShellAsync("sort raw.txt > tmp.txt; head -1 tmp.txt > 'kept~'; cat tmp.txt 'kept~' other.txt > made.txt; rm tmp.txt");

        Assert.That(await ActivityAsync("made.txt"), Does.EndWith($": used {_raw}.2, {_other}.1"));
    }

    [Test]
    public async Task A_folder_can_opt_out()
    {
        await ShellAsync("mkdir -p quiet/below; touch quiet/.no-provenance; sort raw.txt > quiet/below/a.txt; sort raw.txt > loud.txt");

        Assert.That(await ActivityAsync("quiet/below/a.txt"), Is.Null);
        Assert.That(await ActivityAsync("loud.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"));
    }

    [Test]
    public async Task Captured_provenance_survives_a_kill_between_closing_and_sending()
    {
        await MountAnewAsync("--settle", "1h", "--provenance", "auto");
        var script = "sort raw.txt > sorted.txt; head -2 sorted.txt > top.txt";
        Assert.That((await InMountAsync(script)).ExitCode, Is.Zero, _mount.Said);
        var pending = await Command.RunAsync(ProgramFiles.Synapsefs, ["provenance", "--pending", _mount.Mountpoint], _world.Environment);
        Assert.That(pending.Output.Trim().Split('\n'), Is.EqualTo(new[]
        {
            $"{_mount["sorted.txt"]}: sort raw.txt: used {_raw}.2", $"{_mount["top.txt"]}: head -2 sorted.txt: used /sorted.txt",
        }));
        await _mount.KillAsync();
        await _mount.DisposeAsync();

        _mount = await _world.MountAsync();
        await _mount.WaitAsync();

        Assert.That(await ActivityAsync("sorted.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"));
        Assert.That(await ActivityAsync("top.txt"), Is.EqualTo($"head -2 sorted.txt: used {await IdAsync("sorted.txt")}.1"));
    }

    [Test]
    public async Task Version_and_provenance_come_in_one_call()
    {
        var from = _world.Server.Log.Requests[^1].Number;
        await ShellAsync("sort raw.txt > sorted.txt");

        var routes = _world.Server.Log.Requests.Where(request => request.Number > from).Select(request => $"{request.Method} {request.Route}").ToList();
        Assert.That(routes.Count(route => route.StartsWith("POST ", StringComparison.Ordinal) && route.EndsWith("/activity", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(routes, Has.None.Contains("generatedBy"));
        Assert.That(await ActivityAsync("sorted.txt"), Is.Not.Null);
    }

    [Test]
    public async Task Run_passes_a_request_to_end_on_to_its_command()
    {
        var run = await InMountAsync("""
            $SYNAPSEFS run sh -c 'trap "echo told > told.txt; exit 9" TERM; : > $OUT/up; sleep 60 & wait' &
            while [ ! -e $OUT/up ]; do sleep 0.05; done
            kill -TERM $!
            wait $! || echo $?
            cat told.txt
            """);

        Assert.That(run.Text, Is.EqualTo("9\ntold"), $"{run}\n{_mount.Said}");
    }

    [Test]
    public async Task A_version_whose_provenance_is_refused_goes_without_it_and_that_is_told()
    {
        _world.Server.Faults.Add(new FaultRule { Method = "POST", Path = "/repo/v1/activity", Status = 400, Reason = "no such thing" });
        await ShellAsync("sort raw.txt > sorted.txt");

        Assert.That(await ActivityAsync("sorted.txt"), Is.Null);
        Assert.That(_mount.Said, Does.Contain("'sorted.txt' is sent without what it was made from").And.Contains("no such thing"));
    }

    [Test]
    public async Task Run_records_waits_and_passes_the_exit_code_on()
    {
        await MountAnewAsync();
        Assert.That((await InMountAsync("sort raw.txt > plain.txt")).ExitCode, Is.Zero);

        var run = await InMountAsync("$SYNAPSEFS run bash -c 'sort raw.txt > recorded.txt; exit 7'");

        Assert.That(run.ExitCode, Is.EqualTo(7), $"{run}\n{_mount.Said}");
        Assert.That(await ActivityAsync("recorded.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"), "without waiting for it");
        await _mount.WaitAsync();
        Assert.That(await ActivityAsync("plain.txt"), Is.Null);
        Assert.That((await InMountAsync("$SYNAPSEFS run -- no-such-program")).ExitCode, Is.EqualTo(127));
    }

    [Test]
    public async Task Run_fails_by_what_its_own_command_could_not_have_sent_and_by_nothing_else()
    {
        _world.Server.Faults.Add(new FaultRule { Method = "PUT", Path = $"/repo/v1/entity/{_other}*", Status = 400, Reason = "no such thing" });
        await InMountAsync("""
            echo more >> other.txt
            (exec 9> open.txt; echo begun >&9; : > $OUT/begun; while [ ! -e $OUT/end ]; do sleep 0.05; done) < /dev/null > /dev/null 2>&1 &
            while [ ! -e $OUT/begun ]; do sleep 0.05; done
            """);

        var beside = await InMountAsync("timeout 60 $SYNAPSEFS run sh -c 'sort raw.txt > mine.txt; mkdir made; mv mine.txt made'");
        await File.WriteAllTextAsync(_world.Directory("out") + "/end", "");
        var own = await InMountAsync("$SYNAPSEFS run sh -c 'echo again >> other.txt'");

        Assert.That(beside.ExitCode, Is.Zero, $"{beside}\n{_mount.Said}");
        Assert.That(await ActivityAsync("made/mine.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"));
        Assert.That(own.ExitCode, Is.EqualTo(1), $"{own}\n{_mount.Said}");
        Assert.That(own.Error, Does.Contain(_mount["other.txt"]).And.Contains("no such thing"));
    }

    [Test]
    public async Task Run_mounts_for_itself_where_nothing_is_mounted()
    {
        var run = await Command.ShellAsync(
            $"cd '{_world.Directory("out")}' && '{ProgramFiles.Synapsefs}' run --endpoint {_world.Endpoint} --source {_world.Project} sh -c 'sort raw.txt > alone.txt; pwd'",
            new Dictionary<string, string>(_world.Environment) { ["XDG_CACHE_HOME"] = _world.Directory("own cache") });

        Assert.That(run.ExitCode, Is.Zero, $"{run}");
        Assert.That(await ActivityAsync("alone.txt"), Is.EqualTo($"sort raw.txt: used {_raw}.2"));
        Assert.That(Directory.Exists(run.Output.Trim()), Is.False);
    }

    private async Task MountAnewAsync(params string[] options)
    {
        await _mount.DisposeAsync();
        _mount = await _world.MountAsync(options);
    }

    // In the mount; afterwards everything is sent.
    private async Task ShellAsync(string script)
    {
        var result = await InMountAsync(script);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{_mount.Said}");
        await _mount.WaitAsync();
    }

    private Task<CommandResult> InMountAsync(string script) => Command.ShellAsync(
        $"set -eu; cd '{_mount.Mountpoint}'\n{script}",
        new Dictionary<string, string>(_world.Environment)
        {
            ["OUT"] = _world.Directory("out"),
            ["LC_ALL"] = "C.UTF-8",
            ["SYNAPSEFS"] = ProgramFiles.Synapsefs,
        });

    private async Task<string> IdAsync(string path)
    {
        var id = _world.Project;
        foreach (var name in path.Split('/'))
            id = (await _world.Client.Children.FindAsync(id, name, RequestPriority.Interactive, default))!;
        return id ?? throw new InvalidOperationException($"{path} is not at the server.");
    }

    private async Task<string?> ActivityAsync(string path)
    {
        var activity = await _world.Client.Activities.FindAsync(await IdAsync(path), null, RequestPriority.Interactive, default);
        return activity is null ? null : Provenances.Line(activity);
    }
}
