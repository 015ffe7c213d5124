using System.CommandLine;
using RoomRenderer;

var seed = new Option<ulong>("--seed") { Description = "Decides everything in the room", DefaultValueFactory = _ => 1 };
var output = new Option<string>("--out")
{
    Description = "The clip (H.264 in MP4, needs the ffmpeg program; without it a folder of PNG frames)",
    Required = true,
};
var truth = new Option<string?>("--truth") { Description = "Where the room's truth goes, as JSON (default: stdout)" };
var width = Number("--width", "Pixels across, even", 320, 16, 4096);
var height = Number("--height", "Pixels down, even", 240, 16, 4096);
var fps = Number("--fps", "Frames a second", 30, 1, 120);
var crf = Number("--crf", "H.264 quality: 0 is lossless, more is smaller", 20, 0, 51);
var seconds = new Option<double>("--seconds") { Description = "Length of the clip", DefaultValueFactory = _ => 8 };
seconds.Validators.Add(result =>
{
    if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (> 0 and <= 3600))
        result.AddError("--seconds: out of range (expected more than 0, at most 3600)");
});
var force = new Option<bool>("--force") { Description = "Replace files that are there" };

var command = new RootCommand("Draws a furnished room seen by a moving camera, and tells what is true of it.")
{
    seed, output, truth, width, height, fps, crf, seconds, force,
};
command.SetAction(parsed =>
{
    var options = new RenderOptions(
        parsed.GetValue(seed), parsed.GetValue(output)!, parsed.GetValue(truth), parsed.GetValue(width),
        parsed.GetValue(height), parsed.GetValue(fps), parsed.GetValue(seconds), parsed.GetValue(crf),
        parsed.GetValue(force));
    return RenderRun.Execute(options);
});
return command.Parse(args).Invoke();

static Option<int> Number(string name, string description, int standard, int low, int high)
{
    var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
    option.Validators.Add(result =>
    {
        var value = result.GetValueOrDefault<int>();
        if (result.Tokens.Count > 0 && (value < low || value > high))
            result.AddError($"{name}: out of range (expected {low} to {high}, found {value})");
    });
    return option;
}
